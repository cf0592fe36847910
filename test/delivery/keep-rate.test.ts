import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel, OutgoingMessage, Sent } from '../../src/channels/channel.ts'
import { telegramChannel } from '../../src/channels/telegram/telegram.ts'
import { keepingRate } from '../../src/delivery/keep-rate.ts'
import { createLog } from '../../src/log.ts'
import { type BotApi, startBotApi } from '../telegram/bot-api-server.ts'

const messages = 50
const token = '4242:test-AAbbCCddEEffGGhhIIjj'

let api: BotApi
let channel: Channel
beforeEach(async () => {
  api = await startBotApi({ token, limits: { perSecond: 30, chatBurst: 3 } })
  channel = telegramChannel({ token, apiRoot: api.root, log: createLog('silent') })
})
afterEach(() => api.close())

/** As if all had been held up between their slots and their requests. */
async function allAtOnce(through: Channel): Promise<Sent[]> {
  const to = Array.from({ length: messages }, (_, index) => api.user(100 + index))
  return await Promise.all(
    to.map(({ id }) => {
      const message: OutgoingMessage = {
        ...{ id, kind: 'broadcast', chat: String(id), text: 'Halo', choices: [], asksPhone: false },
      }
      return through.send(message)
    }),
  )
}

const notSent = (sent: Sent[]) => sent.filter((each) => !('id' in each)).length

describe('messages that were held up and leave together', () => {
  it('are not more in any second than the channel takes', async () => {
    expect(notSent(await allAtOnce(keepingRate(channel, 25)))).toBe(0)
    expect(api.calls.filter(({ status }) => status === 429)).toEqual([])
    expect(api.rate().highest).toBeLessThanOrEqual(30)
  })

  it('would be refused without that', async () => {
    expect(notSent(await allAtOnce(channel))).toBeGreaterThan(0)
  })
})
