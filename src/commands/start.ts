import { type Service, startService } from '../app.ts'
import { roles as allRoles, type Config, type ProcessRole, readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { UsageError } from './usage.ts'

/** The service, until SIGTERM or SIGINT. */
export async function startCommand(options: { roles?: string }): Promise<void> {
  const config = readConfig()
  const roles = readRoles(options.roles, config)
  const log = createLog(config.logLevel)
  const began = performance.now()
  process.stdout.write('Bimtek is starting…\n')
  const stopped = stopSignal()
  // A signal in the middle of the start is obeyed after it, so that all that was started is stopped.
  const service = await startService({ config, log, roles })
  for (const line of describe(service, config)) process.stdout.write(`${line}\n`)
  log.info({ ms: Math.round(performance.now() - began) }, 'started')
  await stopped
  process.stdout.write('Stopping…\n')
  await service.stop()
  process.exit(0)
}

function readRoles(given: string | undefined, config: Config): ProcessRole[] {
  if (given === undefined) return [...allRoles]
  const roles = [...new Set(given.split(',').map((role) => role.trim()))]
  const unknown = roles.find((role) => !allRoles.includes(role as ProcessRole))
  if (unknown !== undefined)
    throw new UsageError(`--roles: there is no role "${unknown}"; there are ${allRoles.join(', ')}.`)
  if (roles.length < allRoles.length && !config.databaseUrl)
    throw new UsageError('--roles: splitting the roles over processes needs DATABASE_URL.')
  return roles as ProcessRole[]
}

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve()
      })
  })
}

/** What runs where, in a few lines. */
function describe(service: Service, config: Config): string[] {
  const { database, queues, port, channels } = service
  const everywhere: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }
  const host = everywhere[config.host] ?? (config.host.includes(':') ? `[${config.host}]` : config.host)
  const address = `http://${host}:${port}`
  return [
    `Database  ${database.embedded ? `PostgreSQL, embedded, in ${config.dataDir}` : `PostgreSQL at ${new URL(database.url).host}`}`,
    `Queues    BullMQ on ${queues.kind === 'redis' ? `Redis at ${new URL(config.redisUrl ?? '').host}` : 'the same PostgreSQL'}`,
    `Channels  ${channels.join(', ') || 'none in this process'}`,
    ...(port === undefined ? [] : [`Web       ${address}/readyz`]),
    ...(channels.includes('simulator') ? ['', `Talk to it:  ${address}/simulator`] : []),
  ]
}
