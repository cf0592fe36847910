import { allAreas, areaPath } from '../areas.ts'
import { Role, Track, Zone } from '../database/generated/enums.ts'
import { attendanceColumns } from '../planning/import-attendance.ts'
import { registrationColumns } from '../planning/import-registrations.ts'
import { type ProgrammeList, programmeLists } from '../planning/programme-file.ts'
import { programmeColumns } from '../planning/programme-sheets.ts'
import { rosterColumns } from '../planning/roster-file.ts'
import { officeNames } from '../planning/roster-words.ts'
import { exampleMark, valuesSheet } from '../planning/table.ts'
import type { WrittenCell, WrittenSheet } from '../spreadsheets/write.ts'
import { checkEnding, writeSheets } from './errors-file.ts'

export type Template = 'officers' | 'programme' | 'registrations' | 'attendance'

/** Writes an empty spreadsheet with headings, examples that an import passes over, and a sheet of allowed values. */
export async function templateCommand(what: Template, out: string): Promise<void> {
  checkEnding('--out', out)
  await writeSheets(out, templateSheets(what))
}

/** The sheets of a template. */
export function templateSheets(what: Template): WrittenSheet[] {
  switch (what) {
    case 'officers':
      return [officers, allowed({ jabatan: officeNames(), ...places() })]
    case 'programme':
      return [...programmeLists.map(programmeSheet), programmeValues()]
    case 'registrations':
      return [registrations, allowed({ jabatan: officeNames(), ...places() })]
    case 'attendance':
      return [attendance, allowed({ hadir: ['ya', 'tidak'] })]
  }
}

const example = (text: string): string => `${exampleMark} ${text}`
const batam = ['Sadai', 'Bengkong', 'Batam']

const officers: WrittenSheet = {
  ...{ name: 'officers', headings: [...rosterColumns], widths: [30, 18, 28, 34, 22, 22, 22] },
  rows: [
    [example('Siti Aminah'), '0812-0000-0001', 'Ketua', 'Koperasi Kelurahan Merah Putih Sadai', ...batam],
    [example('Budi Santoso'), '', 'Anggota Pengawas', 'Koperasi Kelurahan Merah Putih Sadai', ...batam],
  ],
}

const registrations: WrittenSheet = {
  ...{ name: 'registrations', headings: [...registrationColumns], widths: [30, 18, 28, 34, 22, 22, 22, 12] },
  rows: [
    [example('Siti Aminah'), '0812-0000-0001', 'Ketua', '', ...batam, 'G3-A'],
    [example('Budi Santoso'), '', 'Anggota Pengawas', '', ...batam, 'G3-A'],
  ],
}

const attendance: WrittenSheet = {
  ...{ name: 'attendance', headings: [...attendanceColumns], widths: [22, 30, 12, 10, 10] },
  rows: [
    [example('REG-8F3K2'), 'Siti Aminah', 'G3-A', '1', 'ya'],
    [example('REG-7H4M9'), 'Budi Santoso', 'G3-A', '1', 'tidak'],
  ],
}

/** Each column of a sheet of allowed values is a list of its own. */
function allowed(lists: Record<string, string[]>): WrittenSheet {
  const columns = Object.values(lists)
  const length = Math.max(...columns.map((list) => list.length))
  const rows = Array.from({ length }, (_, row) => columns.map((list) => list[row] ?? ''))
  return { name: valuesSheet, headings: Object.keys(lists), rows }
}

function places(): Record<string, string[]> {
  const paths = allAreas()
    .filter(({ level }) => level === 'kelurahan')
    .map(({ code }) => areaPath(code))
  const at = (index: number) => paths.map((path) => path[index] ?? '')
  return { kelurahan: at(0), kecamatan: at(1), kabupaten: at(2) }
}

/** A date and time of day as a cell shows it. */
const at = (day: number, hour: number): Date => new Date(Date.UTC(2026, 11, day, hour))

const examples: Record<ProgrammeList, WrittenCell[][]> = {
  venues: [
    [example('indobaru'), 'Kampus Indobaru', 'Batam Center', 1.13, 104.05, 'Dari feri naik taksi'],
    [example('galang'), 'Kantor Camat Galang', 'Sembulang', 0.87, 104.22, 'Lewat jembatan Barelang'],
  ],
  waves: [
    [example('3'), 'Tahap ketiga', at(1, 8), at(10, 17)],
    [example('4'), 'Tahap keempat', at(8, 8), at(18, 17)],
  ],
  trainings: [
    [
      ...[example('G3-A'), 3, 'Kelembagaan', 'organisation', 'mainland', '21.71', 'pengurus,pengawas', 60, 2],
      ...['indobaru', 'Surat tugas', 'Makan siang', 0],
    ],
    [
      ...[example('G3-B'), 3, 'Usaha', 'business', 'hinterland', '21.71.03,21.71.02', 'manajer', 40, ''],
      ...['galang', 'Surat tugas, laptop', 'Uang transport', 120],
    ],
  ],
  sessions: [
    [example('G3-A'), '1', 'Tata kelola', at(12, 8), at(12, 12), 'Dinas Koperasi'],
    [example('G3-A'), '2', 'Rencana usaha', at(12, 13), at(12, 16), 'OJK'],
  ],
}

function programmeSheet(list: ProgrammeList): WrittenSheet {
  return { name: list, headings: Object.keys(programmeColumns[list]), rows: examples[list] }
}

function programmeValues(): WrittenSheet {
  const areas = allAreas()
    .filter(({ level }) => level !== 'kelurahan')
    .map(({ code, name }) => `${code} = ${name}`)
  return allowed({
    track: Object.values(Track),
    zone: Object.values(Zone),
    roles: Object.values(Role),
    'areas (kode sebelum tanda =)': areas,
    'opens, closes, starts, ends': ['2026-12-05 08:00 (WIB)'],
  })
}
