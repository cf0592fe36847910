import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schemaDifference } from '../../src/database/migrate.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type MadeOfficer, type MadeProgramme, makeOfficers, makeProgramme } from '../programme.ts'

let database: TestDatabase
let programme: MadeProgramme
let officer: MadeOfficer

beforeAll(async () => {
  database = await freshDatabase()
  programme = await makeProgramme(database.db, { capacity: 2 })
  const [made] = await makeOfficers(database.db, 1)
  if (!made) throw new Error('no officer')
  officer = made
})

afterAll(async () => {
  await database.drop()
})

const sql = (text: string, values: unknown[] = []) => database.pool.query(text, values)

/** Tables, columns, keys and indexes of a schema, one line each. */
async function catalogue(client: pg.ClientBase, schema: string): Promise<string[]> {
  const columns = await client.query(
    `SELECT format('%s.%s %s %s', table_name, column_name, udt_name, is_nullable) AS line
     FROM information_schema.columns WHERE table_schema = $1 AND table_name <> '_prisma_migrations'`,
    [schema],
  )
  const keys = await client.query(
    `SELECT format('%s %s', conname, replace(pg_get_constraintdef(c.oid), $1 || '.', '')) AS line
     FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace JOIN pg_class t ON t.oid = conrelid
     WHERE n.nspname = $1 AND contype IN ('f', 'p', 'u') AND t.relname <> '_prisma_migrations'`,
    [schema],
  )
  const indexes = await client.query(
    `SELECT indexname AS line FROM pg_indexes WHERE schemaname = $1 AND tablename <> '_prisma_migrations'
       AND indexdef NOT LIKE '%WHERE%'`,
    [schema],
  )
  return [...columns.rows, ...keys.rows, ...indexes.rows].map(({ line }) => line).sort()
}

describe('the migrations', () => {
  it('lead to what schema.prisma says', async () => {
    const wanted = await schemaDifference(database.url, null, readFileSync('prisma/schema.prisma', 'utf8'))
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const found = await catalogue(client, 'public')
    await client.query('CREATE SCHEMA wanted; SET search_path = wanted')
    await client.query(wanted)
    const meant = await catalogue(client, 'wanted')
    await client.end()
    expect(meant.length).toBeGreaterThan(100)
    expect(found).toEqual(meant)
  })
})

describe('the database refuses', () => {
  const position = () => [officer.personId, officer.positionId] as const
  const register = (number: string, state: string) =>
    sql(
      `INSERT INTO registration (number, person_id, position_id, cooperative_id, role, title, training_code, track, state, updated_at)
       SELECT $1, $2, $3, cooperative_id, 'pengurus', 'ketua', $4, 'organisation', $5::"RegistrationState", now()
       FROM position WHERE id = $3`,
      [number, ...position(), programme.code, state],
    )
  const outgoing = (contact: number, state: string, owner: string | null) =>
    sql(
      `INSERT INTO outgoing_message (contact_id, channel, kind, state, content, due_at, owner, lease_until, sent_at)
       VALUES ($1, 'telegram', 'reply', $2::"OutgoingState", '{}', now(), $3, CASE WHEN $3::text IS NULL THEN NULL ELSE now() END, NULL)`,
      [contact, state, owner],
    )

  it('more seats taken and offered than there are, and fewer than none', async () => {
    await expect(sql('UPDATE training SET taken = 3')).rejects.toThrow(/training_seats/)
    await expect(sql('UPDATE training SET taken = 1, offered = 2')).rejects.toThrow(/training_seats/)
    await expect(sql('UPDATE training SET taken = -1')).rejects.toThrow(/training_seats/)
    await expect(sql('UPDATE training SET capacity = -1')).rejects.toThrow(/training_seats/)
  })

  it('a second active registration of a person in a track', async () => {
    await register('REG-AAAAA', 'cancelled')
    await register('REG-BBBBB', 'confirmed')
    await expect(register('REG-CCCCC', 'pending')).rejects.toThrow(/registration_active/)
    await register('REG-DDDDD', 'lapsed')
  })

  it('a second current position of a person, cooperative and title', async () => {
    await expect(
      sql(`INSERT INTO position (person_id, cooperative_id, role, title)
           SELECT person_id, cooperative_id, role, title FROM position`),
    ).rejects.toThrow(/position_current/)
  })

  it('the same message of a chat twice, two messages on the way to one contact, a claim without owner', async () => {
    const { id } = await database.db.contact.create({ data: { channel: 'telegram', chat: '1' } })
    const incoming = () =>
      sql(
        `INSERT INTO incoming_message (contact_id, channel, chat, external_id, content) VALUES ($1, 'telegram', '1', '5', '{}')`,
        [id],
      )
    await incoming()
    await expect(incoming()).rejects.toThrow(/incoming_message_channel_chat_external_id_key/)
    await outgoing(id, 'sending', '1')
    await expect(outgoing(id, 'sending', '2')).rejects.toThrow(/outgoing_message_sending/)
    await expect(outgoing(id, 'queued', '2')).rejects.toThrow(/outgoing_message_claim/)
    await expect(outgoing(id, 'sending', null)).rejects.toThrow(/outgoing_message_claim/)
    await expect(outgoing(id, 'sent', null)).rejects.toThrow(/outgoing_message_sent/)
  })

  it('numbers that are not E.164, a wave that closes before it opens, a session that ends before it starts', async () => {
    await expect(sql(`UPDATE person_phone SET phone = '0812345678'`)).rejects.toThrow(/person_phone_e164/)
    await expect(sql(`UPDATE contact SET phone = '62812'`)).rejects.toThrow(/contact_phone_e164/)
    await expect(sql('UPDATE wave SET closes = opens')).rejects.toThrow(/wave_window/)
    await expect(sql('UPDATE session SET ends = starts')).rejects.toThrow(/session_times/)
  })

  it('a training code that deep links could not carry', async () => {
    await expect(sql(`UPDATE training SET code = 'g3 a'`)).rejects.toThrow(/training_code/)
  })
})
