import type { Update } from 'grammy/types'
import { loggable } from '../../log.ts'
import type { ChannelEvents } from '../channel.ts'
import { faultOf } from './faults.ts'
import { incoming, moved, reachability } from './incoming.ts'
import type { Wire } from './outgoing.ts'

/**
 * Hands on what an update says; resolves when it is stored.
 * @throws when it could not be stored, and must be handed on again
 */
export async function handOn(wire: Wire, events: ChannelEvents, update: Update): Promise<void> {
  const { message, change, move } = read(wire, update)
  if (move) await events.moved?.(move.from, move.to)
  if (message) await events.message(message)
  if (change) await events.reachable(change.chat, change.reachable)
  if (update.callback_query) void settle(wire, update.callback_query.id)
}

/** An update of a form that nobody knows must not hold up those after it. */
function read({ log, me }: Wire, update: Update) {
  try {
    return { message: incoming(update, me), change: reachability(update), move: moved(update) }
  } catch (error) {
    log.error({ update: update.update_id, ...loggable(error) }, 'an update cannot be read; it is left out')
    return {}
  }
}

/** Stops the waiting sign on the pressed button; too late for it, or pressed twice, is no matter. */
async function settle({ api, token, log }: Wire, callback: string): Promise<void> {
  await api.answerCallbackQuery(callback).catch((error: unknown) => {
    log.debug({ reason: faultOf(error, token).reason }, 'press of a button not acknowledged')
  })
}
