import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hour, later, minute } from '../../src/time.ts'
import { type Hosting, startHosting, textsSent } from './hosting.ts'

let host: Hosting

beforeEach(async () => {
  host = await startHosting()
})

afterEach(() => host.stop())

const ago = (ms: number) => later(new Date(), -ms)

describe('after hours in which nothing was sent', () => {
  it('what still means something goes, the oldest first; what is past its time expires', async () => {
    const to = await host.contact(1)
    const lateBy = async (
      ms: number,
      kind: 'reply' | 'notice' | 'reminder',
      text: string,
      more: object = {},
    ) => {
      const id = await host.queue({ contact: to, kind, text, dueAt: ago(ms), ...more })
      await host.db.outgoingMessage.update({ where: { id }, data: { createdAt: ago(ms) } })
    }
    const asks = (deadline: Date) => ({
      asks: { kind: 'offer' as const, subject: 'REG-1', deadline: deadline.toISOString() },
    })
    await lateBy(30 * hour, 'reply', 'jawaban kemarin')
    await lateBy(20 * hour, 'reply', 'jawaban tadi')
    await lateBy(10 * hour, 'reminder', 'kelas lewat', { expiresAt: ago(hour) })
    await lateBy(9 * hour, 'reminder', 'kelas nanti', { expiresAt: later(new Date(), hour) })
    await lateBy(40 * hour, 'notice', 'jadwal pindah')
    await lateBy(8 * hour, 'notice', 'tawaran lewat', asks(ago(minute)))
    await lateBy(8 * hour, 'notice', 'tawaran berlaku', asks(later(new Date(), hour)))
    await host.sendAll()
    expect(textsSent(host.api)).toEqual(['jawaban tadi', 'jadwal pindah', 'tawaran berlaku', 'kelas nanti'])
    expect(await host.db.outgoingMessage.count({ where: { state: 'expired' } })).toBe(3)
    expect(await host.db.outgoingMessage.count({ where: { state: 'queued' } })).toBe(0)
  })

  it('who is woken before a sweep has looked is not told what is stale', async () => {
    const to = await host.contact(1)
    await host.queue({ contact: to, kind: 'reply', text: 'jawaban kemarin', dueAt: ago(30 * hour) })
    const asks = { kind: 'offer' as const, subject: 'REG-1', deadline: ago(minute).toISOString() }
    await host.queue({ contact: to, kind: 'notice', text: 'tawaran lewat', asks })
    await host.queue({ contact: to, kind: 'notice', text: 'jadwal pindah' })
    await host.delivery.sendTo(to.id)
    expect(textsSent(host.api)).toEqual(['jadwal pindah'])
    expect(await host.db.outgoingMessage.count({ where: { state: 'expired' } })).toBe(2)
  })
})

describe('a result that cannot be stored at once', () => {
  it('is kept until it can, so that nothing goes out twice', async () => {
    const to = await host.contact(1)
    await host.queue({ contact: to, kind: 'notice', text: 'pindah' })
    // The database takes no result for a while, as after a restart in the middle.
    await host.database.pool.query(`
      CREATE FUNCTION away() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.state = 'sent' AND clock_timestamp() < '${later(new Date(), 2_500).toISOString()}' THEN
          RAISE EXCEPTION 'away'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER away BEFORE UPDATE ON outgoing_message FOR EACH ROW EXECUTE FUNCTION away()`)
    await host.sendAll()
    expect(textsSent(host.api)).toEqual(['pindah'])
    expect(await host.db.outgoingMessage.count({ where: { state: 'sent', attempts: 1 } })).toBe(1)
  })
})
