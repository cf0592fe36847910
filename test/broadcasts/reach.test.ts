import { afterAll, beforeAll, expect, it } from 'vitest'
import { areaPath } from '../../src/areas.ts'
import { announceCommand } from '../../src/commands/announce.ts'
import { reportCommand } from '../../src/commands/broadcast.ts'
import { transaction } from '../../src/database/client.ts'
import { cellText } from '../../src/spreadsheets/read.ts'
import { readXlsx } from '../../src/spreadsheets/xlsx.ts'
import { type MadeOfficer, makeProgramme } from '../programme.ts'
import { type Office, openOffice } from './office.ts'
import { makeRoster, runCommand } from './roster.ts'

let office: Office
let officers: MadeOfficer[]
let contacts: number[]

/** 640 on the roster. 220 have a chat: 212 of them are reached, on 210 contacts. */
beforeAll(async () => {
  office = await openOffice()
  const roster = await makeRoster(office.db, 640, 218)
  officers = roster.officers
  contacts = roster.contacts
  const contact = (index: number, data: object) =>
    office.db.contact.update({ where: { id: contacts[index] ?? 0 }, data })
  for (const index of [0, 1, 2]) await contact(index, { stoppedAt: new Date() })
  for (const index of [3, 4])
    await contact(index, { unreachableSince: new Date(), unreachableWhy: 'blocked' })
  await contact(5, { unreachableSince: new Date(), unreachableWhy: 'no-such-chat' })
  for (const index of [6, 7]) await contact(index, { mustConfirmName: true })
  // Two more use a number that has a chat, and have none of their own; three have no number at all.
  for (const [index, of] of [
    [300, 10],
    [301, 11],
  ] as const)
    await office.db.personPhone.updateMany({
      where: { personId: officers[index]?.personId ?? 0 },
      data: { phone: officers[of]?.phone ?? '' },
    })
  for (const index of [400, 401, 402])
    await office.db.personPhone.deleteMany({ where: { personId: officers[index]?.personId ?? 0 } })
  await office.db.person.update({
    where: { id: officers[500]?.personId ?? 0 },
    data: { name: '=HYPERLINK("http://x")' },
  })
})
afterAll(() => office.close())

const left = {
  'no-contact': 417,
  stopped: 3,
  'no-number': 3,
  blocked: 2,
  'must-confirm': 2,
  'no-such-chat': 1,
}

/** Rows of the list of those to call, by their headings. */
async function readList(path: string): Promise<Record<string, string>[]> {
  const [sheet] = await readXlsx(path)
  const [heading = [], ...rows] = (sheet?.rows ?? []).map((cells) => cells.map(cellText))
  return rows.map((row) => Object.fromEntries(heading.map((name, index) => [name, row[index] ?? ''])))
}

it('the preview says how many are meant, reached, and left out and why', async () => {
  const shown = await office.broadcast('Yth. {nama}', { dryRun: true, callList: office.path('list.xlsx') })
  expect(shown).toMatchObject({ status: 0, stderr: '' })
  for (const line of [
    ...['To: all', 'Goes out: now', 'Meant: 640 persons'],
    'Reached: 212 persons in 210 messages (Telegram: 212 in 210 messages)',
    ...['Left out (428):', '  never wrote to the bot: 417', '  said STOP: 3', '  has blocked the bot: 2'],
    ...[`To be called: 428 persons, written to ${office.path('list.xlsx')}`, 'Nothing sent.'],
  ])
    expect(shown.stdout.split('\n')).toContain(line)
  expect(shown.stdout).toContain(`  | Yth. ${officers[8]?.name}\n`)
  const json = await office.broadcast('Yth. {nama}', { dryRun: true, json: true })
  expect(JSON.parse(json.stdout)).toMatchObject({
    ...{ id: null, persons: 640, reachable: 212, messages: 210, leftOut: left },
    channels: { telegram: { persons: 212, messages: 210 } },
  })
  expect(await office.db.broadcast.count()).toBe(0)
})

it('the list of those to call stands by kelurahan, with name, number, links and reason', async () => {
  const rows = await readList(office.path('list.xlsx'))
  expect(rows).toHaveLength(428)
  const codes = await office.db.cooperative.findMany({ orderBy: { areaCode: 'asc' } })
  const order = codes.map(({ areaCode }) => areaPath(areaCode).slice(0, 2).join(', '))
  const places = [...new Set(rows.map((row) => `${row['Kelurahan/Desa']}, ${row['Kecamatan']}`))]
  expect(places).toEqual(order.filter((place) => places.includes(place)))
  const { name, phone, cooperative } = officers[250] as MadeOfficer
  expect(rows.find((row) => row['Nama'] === name)).toMatchObject({
    ...{ Jabatan: 'Ketua', Koperasi: cooperative, Telepon: `tel:${phone}` },
    ...{ WhatsApp: `https://wa.me/${phone.slice(1)}`, Mengapa: 'belum pernah menulis ke bot' },
  })
  expect(rows.filter((row) => row['Mengapa'] === 'sudah menulis STOP')).toHaveLength(3)
  expect(rows.filter((row) => row['No. HP'] === '').map((row) => row['Telepon'])).toEqual(['', '', ''])
  // Text, no formula: the reader would show nothing of one.
  expect(rows.some((row) => row['Nama'] === '=HYPERLINK("http://x")')).toBe(true)
  const [, totals] = await readXlsx(office.path('list.xlsx'))
  const sum = totals?.rows.slice(1).reduce((all, cells) => all + Number(cells[2]), 0)
  expect(sum).toBe(428)
})

it('what was sent is reported as it was shown, and its list holds those who were not reached', async () => {
  const chats = contacts.map((_, index) => office.api.user(9001 + index))
  await office.start()
  const { status } = await office.broadcast('Yth. {nama}', { yes: true, wait: true, json: true })
  expect(status).toBe(0)
  const shown = await runCommand(office.db, (context) =>
    reportCommand('1', { json: true, callList: office.path('after.xlsx') }, context),
  )
  expect(JSON.parse(shown.stdout)).toMatchObject({
    ...{ state: 'done', persons: 640, reachable: 212, sent: 212, waiting: 0, failed: 0, uncertain: 0 },
    leftOut: left,
  })
  expect(await readList(office.path('after.xlsx'))).toHaveLength(428)
  expect(chats.map(({ messages }) => messages.length)).toEqual(chats.map((_, index) => (index < 8 ? 0 : 1)))
  expect(chats[10]?.messages[0]?.text).toBe(`Yth. ${officers[10]?.name} dan ${officers[300]?.name}`)
})

it('the text to forward leads into the registration of that wave', async () => {
  const { wave, title, venue } = await makeProgramme(office.db)
  const announce = async () => {
    const { stdout } = await runCommand(office.db, (context) =>
      announceCommand(String(wave), { dryRun: true, json: true }, context),
    )
    return JSON.parse(stdout)
  }
  await office.db.fact.deleteMany({ where: { name: { startsWith: 'telegram.' } } })
  const unknown = await announce()
  expect(unknown).toMatchObject({ persons: 640, reachable: 212, links: { telegram: null, whatsapp: null } })
  expect(unknown.forward).not.toContain('t.me')
  await transaction(office.db, async (tx) => {
    await tx.fact.create({ data: { name: 'telegram.username', value: 'BimtekKepriBot' } })
    await tx.fact.create({ data: { name: 'whatsapp.number', value: '+6281234567890' } })
  })
  const { forward, samples } = await announce()
  expect(forward).toContain(`https://t.me/BimtekKepriBot?start=w-${wave}`)
  expect(forward).toContain(`https://wa.me/6281234567890?text=DAFTAR%20GELOMBANG%20${wave}`)
  for (const text of [forward, samples[0]]) for (const fact of [title, venue]) expect(text).toContain(fact)
  expect(forward).not.toContain('STOP')
})
