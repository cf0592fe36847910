import { PassThrough, Readable, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { understandCommand } from './understand.ts'

async function printed(input: string | string[], now = '2026-11-24T09:00+07:00'): Promise<string[]> {
  const output = new PassThrough()
  const chunks: Buffer[] = []
  output.on('data', (chunk: Buffer) => chunks.push(chunk))
  await understandCommand(
    { now },
    Readable.from(typeof input === 'string' ? [Buffer.from(input)] : input),
    output,
  )
  return Buffer.concat(chunks).toString('utf8').split('\n').slice(0, -1)
}

describe('bimtek understand', () => {
  it('prints one object a line, with its keys in order', async () => {
    const lines = await printed('bsk di kel. Sadai\r\n\ngelombang 3')
    expect(lines).toHaveLength(3)
    const [first, second, third] = lines.map((line) => JSON.parse(line))
    expect(Object.keys(first)).toEqual(['text', 'intent', 'also', 'confidence', 'entities', 'mentions'])
    expect(Object.keys(first.mentions[0])).toEqual(['entity', 'value', 'text', 'start', 'end'])
    expect(first.text).toBe('bsk di kel. Sadai')
    expect(first.entities).toEqual({
      date: { from: '2026-11-25', to: '2026-11-25' },
      area: { code: '21.71.09.1003', name: 'Sadai', level: 'kelurahan' },
    })
    expect(second).toMatchObject({ text: '', intent: 'out_of_scope' })
    expect(third).toMatchObject({ text: 'gelombang 3', intent: 'inform', entities: { wave: 3 } })
  })

  it('reads lines and characters over chunks, and ends lines at newlines only', async () => {
    expect(await printed(['ge', 'l 3\nga', 'k'])).toHaveLength(2)
    expect(await printed('a\u2028b\n')).toHaveLength(1)
    expect(await printed('')).toHaveLength(0)
  })

  it('waits for a slow reader', async () => {
    let held = 0
    let most = 0
    const slow = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        most = Math.max(most, ++held)
        setTimeout(() => {
          held--
          done()
        }, 1)
      },
    })
    const lines = Array.from({ length: 20 }, () => 'gelombang 3\n')
    await understandCommand({}, Readable.from(lines), slow)
    expect(most).toBe(1)
    expect(slow.writableLength).toBe(0)
  })

  it.each(['besok', '2026-13-01', '', '12/12/2026'])('refuses --now %j', async (now) => {
    await expect(printed('a', now)).rejects.toThrow(/--now .* is no ISO instant/)
  })
})
