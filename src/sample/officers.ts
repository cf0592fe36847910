import { type Area, areasUnder, parentOf } from '../areas.ts'
import type { PositionTitle, Role } from '../database/generated/enums.ts'
import { samplePrefix } from '../phone.ts'
import { type Gender, newName } from './names.ts'
import { type Random, seededRandom } from './random.ts'

export const batam = '21.71'
/** Belakang Padang, Bulang, Galang. */
export const hinterland = ['21.71.01', '21.71.05', '21.71.08'] as const

export type SampleOfficer = { name: string; role: Role; title: PositionTitle; phones: string[] }
export type SampleCooperative = { areaCode: string; name: string; officers: SampleOfficer[] }

type Office = { role: Role; title: PositionTitle; gender?: Gender }

const offices: Office[] = [
  { role: 'pengurus', title: 'ketua' },
  { role: 'pengurus', title: 'wakil_ketua_usaha' },
  { role: 'pengurus', title: 'wakil_ketua_anggota' },
  { role: 'pengurus', title: 'sekretaris' },
  { role: 'pengurus', title: 'bendahara' },
  // The lurah, ex officio.
  { role: 'pengawas', title: 'ketua_pengawas' },
  { role: 'pengawas', title: 'anggota_pengawas' },
  { role: 'pengawas', title: 'anggota_pengawas' },
]
const manager: Office = { role: 'manajer', title: 'manajer' }

/** Every how many cooperatives these things occur, counted from the first. */
const every = {
  sharedNumber: 9,
  secondNumber: 7,
  noNumber: 8,
  /** Two thirds have a manager. */
  withoutManager: 3,
} as const

const womenOf: Partial<Record<PositionTitle, number>> = {
  ketua: 0.25,
  sekretaris: 0.55,
  bendahara: 0.7,
  ketua_pengawas: 0.3,
}

/** The cooperatives of Batam's 64 kelurahan, with 8 or 9 made-up officers each; the same every time. */
export function sampleCooperatives(): SampleCooperative[] {
  const random = seededRandom(21_71)
  const names = new Set<string>()
  const newPhone = phoneNumbers()
  return areasUnder(batam, 'kelurahan').map((kelurahan, index) => {
    const colleagues = new Set<string>()
    const officers = officesOf(index).map(({ role, title, gender: fixed }) => {
      const gender = fixed ?? (random.next() < (womenOf[title] ?? 0.4) ? 'female' : 'male')
      const name = newName(gender, isOnIsland(kelurahan), names, colleagues, random)
      return { name, role, title, phones: [newPhone()] }
    })
    changePhones(officers, index, newPhone, random)
    return { areaCode: kelurahan.code, name: `Koperasi Kelurahan Merah Putih ${kelurahan.name}`, officers }
  })
}

function isOnIsland(kelurahan: Area): boolean {
  const kecamatan = parentOf(kelurahan.code)?.code
  return hinterland.some((code) => code === kecamatan)
}

const sharesNumber = (index: number) => index % every.sharedNumber === 4

/** Who shares a number is a man and a woman, whom the bot tells apart by name. */
function officesOf(index: number): Office[] {
  const list = index % every.withoutManager === 2 ? offices : [...offices, manager]
  if (!sharesNumber(index)) return list
  return list.map((office) => {
    if (office.title === 'sekretaris') return { ...office, gender: 'female' }
    return office.title === 'wakil_ketua_anggota' ? { ...office, gender: 'male' } : office
  })
}

/** Some have two numbers or none, and here and there two officers use one phone. */
function changePhones(
  officers: SampleOfficer[],
  index: number,
  newPhone: () => string,
  random: Random,
): void {
  const holder = (title: PositionTitle) => officers.find((officer) => officer.title === title)
  const [secretary, deputy] = [holder('sekretaris'), holder('wakil_ketua_anggota')]
  if (sharesNumber(index) && secretary && deputy) secretary.phones = [...deputy.phones]
  if (index % every.secondNumber === 2) holder('ketua')?.phones.push(newPhone())
  if (index % every.noNumber === 5) {
    const without = random.of(officers.filter(({ title }) => title === 'anggota_pengawas'))
    without.phones = []
  }
}

/** Numbers that look like anybody's, and of which none comes twice: the step has no divisor of 10 to the 8th. */
function phoneNumbers(): () => string {
  let digits = 12_345_678
  return () => {
    digits = (digits + 36_128_317) % 100_000_000
    return `${samplePrefix}${String(digits).padStart(8, '0')}`
  }
}
