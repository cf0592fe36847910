import type { Channel } from '../channels/channel.ts'
import { limiter, ownPace } from './limits.ts'

/** What was held up leaves so much quicker than the rate, until it has caught up. */
const catchingUp = 1.02

/**
 * A channel whose requests leave this process at their rate. Slots are spaced evenly, but messages that are held up
 * between slot and request (a slow claim, a busy processor) would leave together, more of them in a second than the
 * messenger takes.
 */
export function keepingRate(channel: Channel, perSecond: number): Channel {
  const departures = limiter(ownPace(perSecond * catchingUp))
  const { showChosen } = channel
  return {
    ...channel,
    send: async (message, furtherSlot) => {
      await departures.slot(message.kind)
      return await channel.send(message, async () => {
        await furtherSlot?.()
        await departures.slot(message.kind)
      })
    },
    ...(showChosen && {
      showChosen: async (...args) => {
        await departures.slot('reminder')
        await showChosen(...args)
      },
    }),
  }
}
