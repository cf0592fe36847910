import { describe, expect, test } from 'vitest'
import { channelNames } from '../../src/channels/channel.ts'
import { checkNames, conformance, mustPass, perform, type Subject, verify } from './conformance.ts'
import { sabotage } from './sabotage.ts'
import { simulator } from './simulator-bench.ts'
import { telegram } from './telegram-bench.ts'
import { terminal } from './terminal-bench.ts'

/** Every channel there is. */
const subjects = [telegram, simulator, terminal]

test('every channel has a bench', () => {
  expect(subjects.map(({ name }) => name).sort()).toEqual([...channelNames].sort())
})

for (const subject of subjects) conformance(subject)

/** So long a broken channel gets to do what it never will. */
const patience = 2000

describe.each(subjects)('a broken $name channel fails', (subject) => {
  const cases = checkNames
    .filter((name) => mustPass(subject, name))
    .flatMap((name) => sabotage[name].map((one) => [`${name}: ${one.how}`, name, one] as const))

  test.concurrent.each(cases)('%s', async (_title, name, { wrap, complaint }) => {
    await expect(perform(subject, name, { wrap, patience })).rejects.toThrow(complaint)
  })
})

describe('a bench that is not exactly right fails', () => {
  const redelivery = 'a message delivered again has the same chat and external id'

  test('it says that it cannot, and can', async () => {
    const modest: Subject = { ...telegram, cannot: ['deliver again'] }
    await expect(verify(modest, redelivery)).rejects.toThrow('cannot deliver again, but it tried')
  })

  test('it says that it cannot, and fails', async () => {
    const modest: Subject = { ...telegram, cannot: ['deliver again'] }
    const [{ wrap } = { wrap: undefined }] = sabotage[redelivery]
    if (!wrap) throw new Error('no sabotage')
    await expect(verify(modest, redelivery, { wrap })).rejects.toThrow('cannot deliver again, but it tried')
  })

  test('it does not say that it cannot', async () => {
    await expect(verify({ ...terminal, cannot: [] }, redelivery)).rejects.toThrow(/^cannot deliver again/)
  })

  test('it names a fault that is not there', async () => {
    const gloomy: Subject = { ...telegram, knownFaults: { 'voice arrives as voice': /voice/ } }
    await expect(verify(gloomy, 'voice arrives as voice')).rejects.toThrow('not (or not quite) there')
  })
})
