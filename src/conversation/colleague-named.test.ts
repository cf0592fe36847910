import { describe, expect, it } from 'vitest'
import type { KnownPerson } from '../contacts/contacts.ts'
import type { PositionTitle, Role } from '../database/generated/enums.ts'
import type { Colleague } from '../registration/colleagues.ts'
import { readEntities } from '../understanding/entities/entities.ts'
import { colleagueMeant, isForColleague } from './colleague-named.ts'

const now = new Date('2026-11-25T09:00+07:00')
const cooperative = { id: 1, areaCode: '21.71.09.1003', name: 'Melati', sample: false }

function colleague(id: number, name: string, title: PositionTitle, role: Role = 'pengurus'): Colleague {
  const held = { id, personId: id, cooperativeId: 1, from: now, until: null, pending: false }
  return { id, name, positions: [{ ...held, role, title, cooperative }] }
}

const colleagues = [
  colleague(2, 'Budi Hartono', 'bendahara'),
  colleague(3, 'Indah Murni', 'sekretaris'),
  colleague(4, 'Hasan Basri', 'anggota_pengawas', 'pengawas'),
  colleague(5, 'Budi Santoso', 'wakil_ketua_usaha'),
  colleague(6, 'Edi', 'wakil_ketua_anggota'),
]
const speaker: KnownPerson = {
  ...colleague(1, 'Sari Dewi', 'ketua'),
  ...{ consentedAt: now, consentRefusedAt: null, sample: false, createdAt: now, registrations: [] },
}

function meant(text: string, isAnswer = false): string {
  const found = colleagueMeant(text, readEntities(text, now), colleagues, speaker, isAnswer)
  if (!found) return '-'
  if ('one' in found) return found.one.name
  if ('several' in found) return found.several.map(({ name }) => name).join(' | ')
  return 'unknownName' in found ? `? ${found.unknownName}` : `no ${found.unknownOffice}`
}

describe('whom of the colleagues a text means', () => {
  it.each([
    ['saya digantikan pak Hasan', 'Hasan Basri'],
    ['saya digantikan pak hasn', 'Hasan Basri'],
    ['budi hartno yang datang', 'Budi Hartono'],
    ['pak budi', 'Budi Hartono | Budi Santoso'],
    ['pak budi bendahara', 'Budi Hartono'],
    ['bukan budi hartono, hasan saja', 'Hasan Basri'],
    ['bukan hasan tapi budi hartono', 'Budi Hartono'],
    ['diwakili bu Indah', 'Indah Murni'],
    ['supaya indah kelasnya, siapa saja boleh ikut menggantikan', '-'],
    ['nanti hari apa', '-'],
  ])('%s: %s', (text, expected) => {
    expect(meant(text)).toBe(expected)
  })

  it.each([
    ['ketua sakit, diwakili bendahara', 'Budi Hartono'],
    ['saya ketua, diganti sekretaris kami', 'Indah Murni'],
    ['digantikan wakil ketua', 'Budi Santoso | Edi'],
    ['digantikan wakil ketua bidang usaha', 'Budi Santoso'],
    ['manajer kami yang datang', 'no manajer'],
    ['ketua kami berhalangan', '-'],
    ['untuk kelas pengurus', '-'],
  ])('by office: %s: %s', (text, expected) => {
    expect(meant(text)).toBe(expected)
  })

  it('a name that nobody has is said as it was written, and no other is guessed by office', () => {
    expect(meant('digantikan pak Junaidi, bendahara')).toBe('? Junaidi')
    expect(meant('Lukman Hakim', true)).toBe('? Lukman Hakim')
    expect(meant('Lukman Hakim')).toBe('-')
    expect(meant('saya Sari Dewi, ketua')).toBe('-')
  })
})

describe('whether somebody else is to be registered', () => {
  const forColleague = (text: string) => isForColleague(text, readEntities(text, now), colleagues, speaker)

  it.each([
    'mau daftarkan bendahara kami',
    'daftarkan pak Hasan juga',
    'daftarin budi hartono',
    'daftarkan pak Junaidi',
    'daftarkan saya dan bendahara',
    'mau daftar untuk pak hasan',
    'daftarkan teman saya',
    'daftarkan 2 orang',
  ])('yes: %s', (text) => {
    expect(forColleague(text)).toBe(true)
  })

  it.each([
    'daftarkan saya',
    'saya ketua mau daftar',
    'saya bendahara mau daftar',
    'daftarkan saya di kelas bisnis',
    'mohon didaftarkan',
    'mohon didaftarkan atas nama Sari Dewi',
    'daftarkan gelombang 3',
    'daftarkan G3-A ya pak',
    'daftarkan saya di gelombang dua, nama saya Andi Tenri',
    'hasan kapan jadwalnya',
  ])('no: %s', (text) => {
    expect(forColleague(text)).toBe(false)
  })
})
