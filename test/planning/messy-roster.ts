import { allAreas, areaPath } from '../../src/areas.ts'
import type { RosterColumn } from '../../src/planning/roster-file.ts'
import { type WrittenCell, type WrittenSheet, writeXlsx } from '../../src/spreadsheets/write.ts'
import { unzip, zipStored } from '../../src/spreadsheets/zip.ts'

/** A fault that was put into the roster: the row must be named, with its column. */
export type Planted = { sheet: string; row: number; column: RosterColumn; right: string }

export type MessyRoster = {
  /** Per kecamatan one sheet, under a letterhead, with all that real files hold. */
  xlsx: Buffer
  planted: Planted[]
  /** Persons without a number. */
  withoutNumber: number
  /** Persons with two. */
  withTwo: number
  rows: number
}

const offices = [
  ['Ketua', 'KETUA', 'Ketua Pengurus', 'ketua koperasi'],
  ['Wakil Ketua Bidang Usaha', 'Waka Usaha', 'Wakil Ketua Bid. Usaha', 'Wkl. Ketua Bid Usaha'],
  ['Wakil Ketua Bidang Anggota', 'Waka Bidang Anggota', 'wakil ketua keanggotaan'],
  ['Sekretaris', 'Sekertaris', 'SEKRETARIS', 'Sekr.'],
  ['Bendahara', 'bendahara', 'Bend.', 'Bendahra'],
  ['Ketua Pengawas (Lurah)', 'Lurah', 'Ketua Badan Pengawas', 'Ketua Pengawas ex officio'],
  ['Pengawas 1', 'Anggota Pengawas', 'Pengawas', 'Anggota Badan Pengawas'],
  ['Anggota Pengawas II', 'pengawas 2', 'Pengawas Anggota'],
  ['Manajer', 'Manager', 'Menejer', 'Manajer Koperasi'],
  ['Manajer Umum', 'General Manager'],
]
const given =
  'Siti,Budi,Rotua,Azman,Yulinar,Maria,Ahmad,Dewi,Joko,Kartini,José,Nurul,Oktavia,Putra,Rahmat,André'.split(
    ',',
  )
const family = 'Aminah,Santoso,Sitorus,Ismail,Koto,Tukan,Fauzi,Lestari,Widodo,Hasibuan,Simanjuntak'.split(',')
const before = ['', 'H. ', 'Hj. ', 'Drs. ', 'Ir. ', 'Sdr. ']
const after = ['', ', S.E.', ', S.Pd', ' SH', ', S.Sos., M.Si']
const syllables = [
  'ba',
  'ce',
  'di',
  'fo',
  'gu',
  'ha',
  'je',
  'ki',
  'lo',
  'mu',
  'na',
  'pe',
  'ri',
  'so',
  'tu',
  'wa',
]

/** A middle name that no two of them share, also with a typing error. */
function middle(index: number): string {
  const parts = [index % 16, Math.floor(index / 16) % 16, (index * 7 + 3) % 16, Math.floor(index / 16) % 16]
  const word = parts.map((part) => syllables[part]).join('')
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** 64 kelurahan of Batam with ten officers each: 640 rows, the same each time. */
export async function messyRoster(): Promise<MessyRoster> {
  const kecamatan = allAreas().filter(({ code, level }) => level === 'kecamatan' && code.startsWith('21.71.'))
  const roster: MessyRoster = { xlsx: Buffer.alloc(0), planted: [], withoutNumber: 0, withTwo: 0, rows: 0 }
  const merges = new Map<number, string[]>()
  const sheets = kecamatan.map(({ code, name }, index) => {
    const made = makeSheet(roster, code, name, index)
    merges.set(index + 1, made.merges)
    return made.sheet
  })
  roster.xlsx = withMerges(await writeXlsx(sheets), merges)
  return roster
}

const headings: string[][] = [
  ['No', 'Nama Lengkap', 'JABATAN', 'No HP/WA', 'Nama Koperasi', 'Kel/Desa', 'Kec.', 'Kab/Kota'],
  ['NO.', 'Nama Pengurus', 'Jabatan dalam Koperasi', 'Telp', 'KKMP', 'Kelurahan', 'Kecamatan', 'Kota'],
  ['No', 'NAMA', 'Posisi', 'Nomor Telepon', 'koperasi', 'Desa/Kelurahan', 'kecamatan', 'Kabupaten / Kota'],
]

function makeSheet(roster: MessyRoster, code: string, name: string, index: number) {
  const rows: WrittenCell[][] = [
    ['DINAS KOPERASI DAN USAHA MIKRO KOTA BATAM'],
    [`DAFTAR PENGURUS DAN PENGAWAS KOPERASI KELURAHAN MERAH PUTIH KECAMATAN ${name.toUpperCase()}`],
    [''],
    headings[index % headings.length] ?? [],
    ['1', '2', '3', '4', '5', '6', '7', '8'],
  ]
  const merges: string[] = []
  const kelurahan = allAreas().filter(
    (area) => area.level === 'kelurahan' && area.code.startsWith(`${code}.`),
  )
  for (const [place, area] of kelurahan.entries()) {
    const first = rows.length + 2
    for (let officer = 0; officer < 10; officer++)
      rows.push(makeRow(roster, name, area.code, officer, { row: rows.length + 2, merged: place % 3 === 0 }))
    // By turns: one merged cell, "sda" in every row, or the name in every row.
    if (place % 3 === 0)
      for (const column of ['E', 'F']) merges.push(`${column}${first}:${column}${first + 9}`)
    if (place % 3 === 0) for (let row = first; row < first + 9; row++) blank(rows[row - 1])
    rows.push(['', 'Jumlah', '', '10'])
  }
  rows.push(['Total', `${kelurahan.length * 10} orang`], [''])
  rows.push(['', 'Mengetahui,', '', '', '', 'Batam, 12 November 2026'])
  rows.push(
    ['', 'Kepala Dinas', '', '', '', 'Sekretaris'],
    [''],
    ['', 'Drs. Hendri Arulan', '', '', '', 'Rina, S.E.'],
  )
  rows.push(['', 'NIP. 196512311990031001', '', '', '', 'NIP. 197001011995032001'])
  const sheet: WrittenSheet = { name, headings: ['PEMERINTAH KOTA BATAM'], rows, widths: Array(8).fill(18) }
  return { sheet, merges }
}

/** What merged cells hide below their first. */
function blank(row: WrittenCell[] | undefined): void {
  if (!row) return
  row[4] = ''
  row[5] = ''
}

function makeRow(
  roster: MessyRoster,
  kecamatan: string,
  code: string,
  officer: number,
  { row, merged }: { row: number; merged: boolean },
): WrittenCell[] {
  const index = roster.rows++
  const [kelurahan = '', , kabupaten = ''] = areaPath(code)
  const sda = Number(code.slice(-1)) % 3 === 1 && officer > 0
  const ditto = ['sda', 's.d.a', 'idem', '"'][index % 4] ?? 'sda'
  const cells: WrittenCell[] = [
    officer + 1,
    nameOf(index),
    offices[officer]?.[Math.floor(index / 10) % (offices[officer]?.length ?? 1)] ?? '',
    numberOf(roster, index),
    officer === 0 ? `KKMP ${kelurahan}` : sda ? ditto : '',
    kelurahan,
    officer === 0 ? kecamatan : index % 5 === 0 ? `Kec. ${kecamatan}` : 'sda',
    kabupaten,
  ]
  return withFault(roster, cells, { sheet: kecamatan, row, index, merged })
}

function nameOf(index: number): string {
  const name = `${given[index % given.length]} ${middle(index)} ${family[index % family.length]}`
  return `${before[index % before.length]}${index % 9 === 0 ? name.toUpperCase() : name}${after[index % after.length]}`
}

function numberOf(roster: MessyRoster, index: number): WrittenCell {
  const digits = `812${String(30_000_000 + index * 7_919).padStart(8, '0')}`
  switch (index % 8) {
    case 0:
      roster.withoutNumber += 1
      return ['', '-', 'tidak ada'][index % 3] ?? ''
    case 1:
      // As a number, so without its 0; Excel shows it as 8.12E+10.
      return Number(digits)
    case 2:
      roster.withTwo += 1
      return `0${digits} / 0813${digits.slice(3)}`
    case 3:
      return `+62 ${digits.slice(0, 3)}-${digits.slice(3, 7)}-${digits.slice(7)}`
    case 4:
      return `${digits.charAt(0)}.${digits.slice(1)}E+10`
    case 5:
      return `62${digits}`
    case 6:
      return `HP. 0${digits} (WA)`
    default:
      return `0${digits.slice(0, 3)}.${digits.slice(3)}`
  }
}

const noName: [number, RosterColumn, WrittenCell] = [1, 'nama', '']

/** Every 29th row has a fault, of six kinds by turns. */
function withFault(
  roster: MessyRoster,
  cells: WrittenCell[],
  { sheet, row, index, merged }: { sheet: string; row: number; index: number; merged: boolean },
): WrittenCell[] {
  if (index % 29 !== 17) return cells
  const kinds: [number, RosterColumn, WrittenCell][] = [
    [1, 'nama', ''],
    [3, 'no_hp', '0812345'],
    [2, 'jabatan', 'Bos Besar'],
    [5, 'kelurahan', 'Zungai Fanas'],
    [3, 'no_hp', '8.12E+10'],
    [7, 'kabupaten', 'Kab. Bintan'],
  ]
  const wanted = kinds[roster.planted.length % kinds.length]
  // A fault in a merged cell would be one of ten rows.
  const [at, column, wrong] = !wanted || (merged && wanted[1] === 'kelurahan') ? noName : wanted
  roster.planted.push({ sheet, row, column, right: String(cells[at] ?? '') })
  return cells.with(at, wrong)
}

/** The package writes no merged cells. */
function withMerges(xlsx: Buffer, merges: Map<number, string[]>): Buffer {
  const parts = unzip(xlsx, () => true, 2 ** 30)
  for (const [sheet, ranges] of merges) {
    const name = `xl/worksheets/sheet${sheet}.xml`
    const cells = ranges.map((range) => `<mergeCell ref="${range}"/>`).join('')
    const xml = parts.get(name)?.toString('utf8') ?? ''
    const merged = `</sheetData><mergeCells count="${ranges.length}">${cells}</mergeCells>`
    parts.set(name, Buffer.from(xml.replace('</sheetData>', merged)))
  }
  return zipStored(parts)
}
