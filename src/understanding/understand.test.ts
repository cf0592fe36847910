import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Classifier } from './classify.ts'
import { intents } from './intents.ts'
import { loadClassifier } from './train.ts'
import { type Understanding, understand } from './understand.ts'

const now = new Date('2026-11-24T09:00+07:00')
let classifier: Classifier

beforeAll(() => {
  classifier = loadClassifier()
}, 30_000)

function said(text: string): Understanding {
  return understand(text, { now, classifier })
}

describe('understand', () => {
  it.each([
    ['Assalamualaikum pak', 'greet'],
    ['mksh bnyk pak 🙏', 'thank'],
    ['iya betul', 'affirm'],
    ['bukan', 'deny'],
    ['ini robot atau orang?', 'bot_identity'],
    ['gel 3 kpn mulai?', 'schedule_list'],
    ['jadwal saya kapan ya', 'my_schedule'],
    ['tmptnya dmn?', 'session_location'],
    ['sy mau dftar', 'register'],
    ['batalkan pendaftaran saya', 'cancel_registration'],
    ['bisa pindah ke gelombang 4?', 'change_session'],
    ['dapat uang transport gak', 'allowance'],
    ['saya sudah di lokasi', 'check_in'],
    ['sertifikat kapan keluar', 'certificate'],
    ['mau bicara sama petugas', 'contact_staff'],
    ['harga emas hari ini', 'out_of_scope'],
    ['DAFTAR G3-A', 'register'],
    ['DAFTAR GELOMBANG 3', 'register'],
  ])('%s is %s', (text, intent) => {
    expect(said(text).intent).toBe(intent)
  })

  it.each([
    ['gelombang 3', 'inform'],
    ['Sekupang', 'inform'],
    ['2', 'inform'],
    ['2 aja pak', 'inform'],
    ['saya bendahara', 'inform'],
    ['saya dari Sembulang', 'inform'],
    ['12 Desember', 'inform'],
    ['stop', 'unsubscribe'],
    ['STOP pak', 'unsubscribe'],
    ['HADIR 7KQ2', 'check_in'],
    ['7kq2', 'check_in'],
    ['absen', 'check_in'],
    ['', 'out_of_scope'],
    ['   ', 'out_of_scope'],
    ['???', 'out_of_scope'],
  ])('%j is surely %s', (text, intent) => {
    expect(said(text)).toMatchObject({ intent, confidence: 1, also: [] })
  })

  it.each(['DAFTAR G3-A', 'dari gelombang 3 ke 5', 'bukan gelombang 3'])('%s is no mere answer', (text) => {
    expect(said(text).intent).not.toBe('inform')
  })

  it('gives what else is asked, in the order asked', () => {
    expect(said('Gelombang 3 kapan mulai? Tempatnya di mana?')).toMatchObject({
      intent: 'schedule_list',
      also: ['session_location'],
    })
    expect(said('sertifikat kapan keluar? terus minta file materinya')).toMatchObject({
      intent: 'certificate',
      also: ['materials'],
    })
  })

  it.each([
    'gel 3 kpn mulai?',
    'ketua sakit, diwakili sekretaris',
    'saya dan bendahara mau daftar',
    'makasih pak, siap',
  ])('nothing else is asked in: %s', (text) => {
    expect(said(text).also).toEqual([])
  })

  it('takes what is asked behind a greeting', () => {
    expect(
      said('Selamat pagi Bapak Ibu panitia. Semoga sehat selalu. Gelombang 3 mulai tanggal berapa?').intent,
    ).toBe('schedule_list')
  })

  it('gives the next best two, without the first', () => {
    const { intent, confidence, alternatives } = said('bisa ikut gelombang 3 gak')
    expect(alternatives).toHaveLength(2)
    expect(alternatives.map((each) => each.intent)).not.toContain(intent)
    expect(alternatives[0]?.confidence).toBeGreaterThanOrEqual(alternatives[1]?.confidence ?? 1)
    expect(confidence).toBeGreaterThan(0)
    expect(confidence).toBeLessThanOrEqual(1)
  })

  it('marks entities in every intent, by position', () => {
    const { text, entities, mentions } = said(
      '🙏 ketua dari kel. Sadai pindah dari gelombang 3 ke 5 tgl 12 des',
    )
    expect(entities).toMatchObject({ wave: 5, role: 'pengurus', position: 'ketua', area: { name: 'Sadai' } })
    expect(mentions.map(({ start }) => start)).toEqual(
      mentions.map(({ start }) => start).sort((a, b) => a - b),
    )
    for (const mention of mentions) expect(text.slice(mention.start, mention.end)).toBe(mention.text)
    expect(said('cuaca besok di Natuna gimana')).toMatchObject({
      intent: 'out_of_scope',
      entities: { date: { from: '2026-11-25', to: '2026-11-25' }, area: { code: '21.03' } },
    })
  })

  it('takes a text of 10,000 characters, quickly', () => {
    const start = performance.now()
    said('jadwal gelombang 3 kapan ya pak, '.repeat(300))
    said('a'.repeat(10_000))
    said('🙏'.repeat(5_000))
    expect(performance.now() - start).toBeLessThan(2_000)
  })

  it('never throws, and keeps its promises, whatever is written', () => {
    const known = new Set<string>(intents)
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: oddUnit })),
        (text) => {
          const { intent, confidence, mentions, also } = said(text)
          expect(known.has(intent)).toBe(true)
          expect(confidence >= 0 && confidence <= 1).toBe(true)
          expect(also).not.toContain(intent)
          for (const mention of mentions) expect(text.slice(mention.start, mention.end)).toBe(mention.text)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('works with a classifier that knows nothing', () => {
    const empty: Classifier = { classify: () => [] }
    expect(understand('halo', { now, classifier: empty })).toMatchObject({
      intent: 'out_of_scope',
      confidence: 0,
    })
  })
})

/** Pieces of which odd messages are made. */
const oddUnit = fc.constantFrom(
  ...[
    'gel',
    ' ',
    '3',
    '-',
    '/',
    '.',
    'tgl',
    'ke',
    '12',
    'des',
    'kel',
    'sadai',
    '\ud800',
    '\u200b',
    '٣',
    '🙏',
    '\n',
    'G3-A',
    'hari',
    'minggu',
    'depan',
    'ﷺ',
    "'",
    'no',
    '½',
    'ﬁ',
    'İ',
  ],
)
