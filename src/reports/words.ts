import { areaByCode, areaPath } from '../areas.ts'
import { boldMark, type Facts, loadTexts } from '../texts.ts'
import { inWib } from '../time.ts'

/** A text of locales/id as it stands in a cell: Indonesian, without formatting. */
export type Word = (key: string, facts?: Facts) => string

/** The words of reports; staff read them in Indonesian. */
export function reportWords(): Word {
  const texts = loadTexts()
  return (key, facts) => texts.text('id', key, facts).replaceAll(boldMark, '')
}

/** Dates in Excel: 5 Des 2026, 08.00, with Indonesian names of months (421 hexadecimal is Indonesian). */
export const reportDates = '[$-421]d mmm yyyy, hh.mm'

/** An instant as a cell shows it: its wall clock in WIB, written as if in UTC. */
export function wallClock(instant: Date): Date {
  return new Date(instant.getTime() + inWib(instant).offset * 60_000)
}

/** Kelurahan, kecamatan and kabupaten of an official code; codes where the list has no name. */
export function placeCells(areaCode: string): [string, string, string] {
  const [kelurahan = '', kecamatan = '', kabupaten = ''] = areaPath(areaCode)
  if (kelurahan) return [kelurahan, kecamatan, kabupaten]
  const parts = areaCode.split('.')
  return [areaCode, areaName(parts.slice(0, 3).join('.')), areaName(parts.slice(0, 2).join('.'))]
}

/** An area's name; its code where the list has none. */
export function areaName(code: string): string {
  return areaByCode(code)?.name ?? code
}

/** A name for a sheet; that of sample data says so. */
export function sheetTitle(name: string, word: Word, sample: boolean): string {
  return sample ? `${word('report-sample')} ${name}` : name
}

/** What is to be exported, and how it is called. */
export type ReportOptions = {
  /** Only this wave. */
  wave?: number | undefined
  /** The data are the sample's. */
  sample: boolean
}
