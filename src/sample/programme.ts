import type { DateTime } from 'luxon'
import type { Role, Track, Zone } from '../database/generated/enums.ts'
import { inWib } from '../time.ts'

export type SampleVenue = {
  id: string
  name: string
  address: string
  lat: number
  lon: number
  directions: string
}
export type SampleSession = { key: string; title: string; starts: Date; ends: Date; speaker: string }
export type SampleTraining = {
  code: string
  waveNumber: number
  title: string
  track: Track
  zone: Zone
  areas: string[]
  roles: Role[]
  capacity: number
  perCooperative: number | null
  venueId: string
  requirements: string
  allowance: string
  travelLeadMinutes: number
  sessions: SampleSession[]
  /** How many officers have a seat. */
  seated: number
}
export type SampleWave = {
  number: number
  title: string
  opens: Date
  closes: Date
  trainings: SampleTraining[]
}

const speakers = {
  office: 'Narasumber Dinas Koperasi dan UKM Kepri (contoh)',
  ojk: 'Tim OJK Kepri (contoh)',
  german: 'Tenaga ahli lembaga koperasi Jerman (contoh)',
} as const

export const sampleVenues: SampleVenue[] = [
  {
    id: 'indobaru',
    name: 'Kampus Indobaru Nasional',
    address: 'Aula Lantai 2, Batam Center, Kecamatan Batam Kota, Kota Batam (alamat contoh)',
    lat: 1.13,
    lon: 104.05,
    directions:
      'Dari Simpang Kabil ikuti Jalan Sudirman ke arah Batam Center. Ada tempat parkir motor dan mobil; dari halte Trans Batam terdekat jalan kaki sekitar 5 menit. Masuk lewat gerbang utama, tunjukkan surat tugas ke satpam. (contoh)',
  },
  {
    id: 'belakang-padang',
    name: 'Aula Kantor Camat Belakang Padang',
    address: 'Pulau Belakang Padang, Kecamatan Belakang Padang, Kota Batam (alamat contoh)',
    lat: 1.15006,
    lon: 103.89087,
    directions:
      'Naik pompong dari Pelabuhan Sekupang, sekitar 15 menit, berangkat kalau sudah penuh mulai pukul 06.00. Dari Pulau Kasu, Pemping, dan Pulau Terung naik pompong langsung ke pelabuhan Belakang Padang. Dari pelabuhan naik becak atau jalan kaki 10 menit. Bawa jaket hujan pada musim angin utara. (contoh)',
  },
  {
    id: 'pulau-buluh',
    name: 'Gedung Serbaguna Pulau Buluh',
    address: 'Pulau Buluh, Kecamatan Bulang, Kota Batam (alamat contoh)',
    lat: 1.01639,
    lon: 103.92806,
    directions:
      'Naik pompong dari pelabuhan Dapur 12 di Sagulung, sekitar 15 menit, mulai pukul 06.30. Dari Temoyong, Batu Legong, dan Pantai Gelam naik pompong ke Pulau Buluh; dari Pulau Setokok lewat Jembatan Barelang ke Sagulung, lalu menyeberang. Gedung 300 meter dari dermaga. (contoh)',
  },
  {
    id: 'galang',
    name: 'Gedung Pertemuan Sijantung',
    address: 'Kelurahan Sijantung, Pulau Galang, Kecamatan Galang, Kota Batam (alamat contoh)',
    lat: 0.77,
    lon: 104.2,
    directions:
      'Lewat Jalan Trans Barelang sampai Jembatan 5, lalu terus ke Sijantung; sekitar 1,5 jam dari Batam Center. Dari Karas dan Pulau Abang naik pompong atau feri ke pelabuhan di Pulau Galang, lalu dijemput mobil panitia kalau memberi tahu sehari sebelumnya. (contoh)',
  },
]

const notes = {
  mainland: {
    requirements:
      'Surat tugas dari koperasi atau kelurahan, fotokopi KTP, fotokopi NIB atau SK AHU koperasi, dan laptop kalau ada. Pakaian batik atau rapi, rompi Merah Putih kalau sudah punya. (data contoh)',
    allowance:
      'Bimtek tidak dipungut biaya. Makan siang dan kudapan disediakan. Uang transport ditandatangani pada akhir hari. (data contoh)',
  },
  business: {
    requirements:
      'Surat tugas dari koperasi, laptop, serta catatan usaha koperasi yang sudah berjalan: daftar barang, pemasok, dan buku kas. Pakaian rapi. (data contoh)',
    allowance:
      'Bimtek tidak dipungut biaya. Makan siang, kudapan, dan modul disediakan. Uang transport ditandatangani pada akhir hari. (data contoh)',
  },
  hinterland: {
    requirements:
      'Surat tugas dari koperasi atau kelurahan, fotokopi KTP, dan fotokopi NIB atau SK AHU koperasi. Pakaian rapi; bawa jaket hujan untuk di pompong. (data contoh)',
    allowance:
      'Bimtek tidak dipungut biaya. Makan siang dan kudapan disediakan. Uang transport laut diganti sesuai jarak pulau; penginapan hanya untuk peserta dari pulau yang jauh. (data contoh)',
  },
} as const

const westernMainland = ['21.71.03', '21.71.07', '21.71.11', '21.71.12']
const easternMainland = ['21.71.02', '21.71.04', '21.71.06', '21.71.09', '21.71.10']
const mainland = [...westernMainland, ...easternMainland]

type Part = 'morning' | 'afternoon'
type Topic = { day: 0 | 1; part: Part; title: string; speaker: string }

const topics: Record<'organisation' | 'business' | 'island' | 'islandBusiness', Topic[]> = {
  organisation: [
    { day: 0, part: 'morning', title: 'Tata kelola koperasi', speaker: speakers.office },
    {
      day: 0,
      part: 'afternoon',
      title: 'Dasar kelembagaan: anggota, simpanan, dan RAT',
      speaker: speakers.office,
    },
    { day: 1, part: 'morning', title: 'Tugas pengurus dan pengawas', speaker: speakers.german },
    { day: 1, part: 'afternoon', title: 'Rencana bisnis koperasi', speaker: speakers.ojk },
  ],
  business: [
    { day: 0, part: 'morning', title: 'Rencana bisnis koperasi', speaker: speakers.german },
    {
      day: 0,
      part: 'afternoon',
      title: 'Kemitraan pangan dan LPG: Bulog dan Pertamina',
      speaker: speakers.office,
    },
    { day: 1, part: 'morning', title: 'Menyusun proposal ke bank Himbara', speaker: speakers.ojk },
  ],
  island: [
    { day: 0, part: 'morning', title: 'Tata kelola dan kelembagaan koperasi', speaker: speakers.office },
    { day: 0, part: 'afternoon', title: 'Rencana bisnis dan kemitraan pangan', speaker: speakers.office },
  ],
  islandBusiness: [
    { day: 0, part: 'morning', title: 'Rencana bisnis dan pembukuan', speaker: speakers.office },
    { day: 0, part: 'afternoon', title: 'Menyusun proposal ke bank Himbara', speaker: speakers.ojk },
  ],
}

type Class = Omit<SampleTraining, 'code' | 'waveNumber' | 'sessions' | 'seated'> & { topics: Topic[] }

const central = (title: string, areas: string[]): Class => ({
  ...{ title, track: 'organisation', zone: 'mainland', areas, roles: ['pengurus', 'pengawas'] },
  ...{ capacity: 60, perCooperative: 4, venueId: 'indobaru', ...notes.mainland, travelLeadMinutes: 0 },
  topics: topics.organisation,
})

const onIslands = (place: string, area: string, venueId: string, capacity: number, lead: number): Class => ({
  ...{ title: `Bimtek Kelembagaan ${place}`, track: 'organisation', zone: 'hinterland', areas: [area] },
  ...{ roles: ['pengurus', 'pengawas'], capacity, perCooperative: null, venueId, ...notes.hinterland },
  ...{ travelLeadMinutes: lead, topics: topics.island },
})

/** What a letter stands for in every wave. */
const classes = {
  A: central('Bimtek Kelembagaan Daratan Barat', westernMainland),
  B: central('Bimtek Kelembagaan Daratan Timur', easternMainland),
  C: {
    ...central('Bimtek Usaha dan Manajerial', mainland),
    ...{ track: 'business', roles: ['manajer', 'pengurus'], perCooperative: 2, ...notes.business },
    ...{ topics: topics.business },
  },
  D: onIslands('Belakang Padang', '21.71.01', 'belakang-padang', 40, 90),
  E: onIslands('Bulang', '21.71.05', 'pulau-buluh', 36, 60),
  F: onIslands('Galang', '21.71.08', 'galang', 44, 150),
  G: {
    ...onIslands('', '', 'belakang-padang', 40, 180),
    ...{ title: 'Bimtek Usaha dan Manajerial Hinterland', track: 'business', roles: ['manajer', 'pengurus'] },
    ...{ areas: ['21.71.01', '21.71.05', '21.71.08'], perCooperative: 2, topics: topics.islandBusiness },
  },
} satisfies Record<string, Class>

type Letter = keyof typeof classes
/** Days from today; the classes' first day and how many have a seat. */
type Plan = {
  title: string
  opens: number
  closes: number
  classes: Partial<Record<Letter, { day: number; seated: number }>>
}

const plans: Plan[] = [
  {
    title: 'Bimtek KKMP se-Kota Batam, tahap pertama (data contoh)',
    ...{ opens: -63, closes: -47 },
    classes: {
      A: { day: -41, seated: 26 },
      B: { day: -38, seated: 24 },
      C: { day: -35, seated: 16 },
      D: { day: -39, seated: 20 },
    },
  },
  {
    title: 'Bimtek KKMP se-Kota Batam, tahap kedua (data contoh)',
    ...{ opens: -30, closes: -9 },
    classes: {
      A: { day: -1, seated: 24 },
      B: { day: 2, seated: 22 },
      C: { day: 5, seated: 14 },
      F: { day: 8, seated: 18 },
    },
  },
  {
    title: 'Bimtek KKMP se-Kota Batam, tahap ketiga (data contoh)',
    ...{ opens: -5, closes: 10 },
    classes: {
      A: { day: 15, seated: 10 },
      // Nearly full.
      B: { day: 18, seated: 57 },
      C: { day: 21, seated: 12 },
      D: { day: 17, seated: 6 },
      // Full.
      E: { day: 20, seated: 36 },
      F: { day: 23, seated: 4 },
    },
  },
  {
    title: 'Bimtek KKMP se-Kota Batam, tahap keempat (data contoh)',
    ...{ opens: 17, closes: 31 },
    classes: {
      A: { day: 40, seated: 0 },
      B: { day: 43, seated: 0 },
      C: { day: 46, seated: 0 },
      D: { day: 41, seated: 0 },
      E: { day: 44, seated: 0 },
      F: { day: 47, seated: 0 },
      G: { day: 49, seated: 0 },
    },
  },
]

/** Four waves around `now`: past, running, open for registration, and to come. */
export function sampleWaves(now: Date): SampleWave[] {
  return plans.map((plan, index) => {
    const number = index + 1
    return {
      number,
      title: plan.title,
      opens: workday(now, plan.opens).set({ hour: 8 }).toJSDate(),
      closes: workday(now, plan.closes).set({ hour: 17 }).toJSDate(),
      trainings: Object.entries(plan.classes).map(([letter, { day, seated }]) => {
        const { topics: list, ...training } = classes[letter as Letter] as Class
        const sessions = sessionsOf(list, workday(now, day))
        return { ...training, code: `G${number}-${letter}`, waveNumber: number, sessions, seated }
      }),
    }
  })
}

const sunday = 7
const friday = 5

/** Midnight of a day so many days from today; a Sunday gives way to the day after, yesterday's to the one before. */
function workday(now: Date, days: number): DateTime {
  const day = inWib(now).startOf('day').plus({ days })
  if (day.weekday !== sunday) return day
  return day.plus({ days: days === -1 ? -1 : 1 })
}

function sessionsOf(list: Topic[], first: DateTime): SampleSession[] {
  const second = first.plus({ days: first.weekday === sunday - 1 ? 2 : 1 })
  return list.map(({ day, part, title, speaker }, index) => {
    const date = day === 0 ? first : second
    const [from, until] = hoursOf(part, date.weekday === friday)
    return {
      ...{ key: String(index + 1), title, speaker },
      starts: date.set({ hour: from }).toJSDate(),
      ends: date.set({ hour: until }).toJSDate(),
    }
  })
}

/** Friday has its prayer break from 11.30 to 13.30. */
function hoursOf(part: Part, onFriday: boolean): [number, number] {
  if (part === 'morning') return onFriday ? [8, 11] : [8, 12]
  return onFriday ? [14, 16] : [13, 16]
}
