import { type Standby, standby } from '../database/standby.ts'
import type { Logger } from '../log.ts'
import type { Channel } from './channel.ts'

/**
 * A channel that only one process may host at a time (two that poll Telegram get each other's conflicts): it runs while
 * this process has the lock, and waits in reserve, sending nothing, while another has it.
 */
export function inReserve(channel: Channel, lock: number, connectionString: string, log: Logger): Channel {
  let turn: Standby | undefined
  let runs = false
  return {
    ...channel,
    start: async (events) => {
      turn = await standby(connectionString, lock, log, {
        gained: async () => {
          await channel.start(events)
          runs = true
          log.info({ channel: channel.name }, 'this process hosts the channel')
        },
        lost: async () => {
          runs = false
          await channel.stop()
        },
      })
    },
    state: () =>
      turn && !turn.held ? { ready: true, detail: 'in reserve: another process hosts it' } : channel.state(),
    serves: (chat) => runs && (channel.serves?.(chat) ?? true),
    stop: async () => turn?.close(),
  }
}
