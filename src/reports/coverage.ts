import type { Coverage, CoverageTarget, CoverageTrack } from '../config/coverage.ts'
import type { Tx } from '../database/client.ts'
import {
  type CooperativeCoverage,
  type CoverageFigures,
  coverageByCooperative,
  coverageFigures,
  coverageTracks,
  type LeftToTrain,
  type OpenTarget,
  placesWithoutCooperative,
  type TrackCoverage,
} from '../registration/coverage.ts'
import type { WrittenCell, WrittenSheet } from '../spreadsheets/write.ts'
import { areaName, placeCells, type ReportOptions, reportWords, sheetTitle, type Word } from './words.ts'

/**
 * How far the programme has come: by kabupaten, by kecamatan, by kelurahan with the names, and whom to call. With a
 * wave, only the areas that its classes are for.
 */
export async function coverageSheets(
  tx: Tx,
  coverage: Coverage,
  options: ReportOptions,
): Promise<WrittenSheet[]> {
  const word = reportWords()
  const areas = await areasOfWave(tx, options.wave)
  const figures = await coverageFigures(tx, coverage, areas)
  const [kelurahan, left] = await detailSheets(tx, coverage, areas, word)
  return [kabupatenSheet(figures, word, options.sample), kecamatanSheet(figures, word), kelurahan, left]
}

/** Empty without a wave: all areas. */
async function areasOfWave(tx: Tx, wave: number | undefined): Promise<string[]> {
  if (wave === undefined) return []
  const trainings = await tx.training.findMany({ where: { waveNumber: wave }, select: { areas: true } })
  if (trainings.length === 0) throw new Error(`wave ${wave} has no class yet, so no area; leave --wave out`)
  return [...new Set(trainings.flatMap(({ areas }) => areas))]
}

const trackName = (track: CoverageTrack, word: Word): string =>
  track === 'organisation' ? word('report-track-organisation') : word('report-track-business')

function figureHeadings(word: Word): string[] {
  return [
    ...[word('report-places'), word('report-no-cooperative')],
    ...coverageTracks.flatMap((of) => {
      const track = trackName(of, word)
      return [
        ...[word('report-none-of', { track }), word('report-part-of', { track })],
        ...[word('report-full-of', { track }), word('report-full-percent', { track })],
      ]
    }),
  ]
}

/** Of all places, those without a cooperative in the data too: every one is to be reached. */
function figureCells({ places, withoutCooperative, tracks }: CoverageFigures): number[] {
  const ofTrack = ({ none, part, full }: CoverageFigures['tracks']['business']) => [
    ...[none, part, full, places === 0 ? 0 : Math.round((full / places) * 1000) / 10],
  ]
  return [places, withoutCooperative, ...coverageTracks.flatMap((track) => ofTrack(tracks[track]))]
}

function sumOf(area: string, figures: CoverageFigures[]): CoverageFigures {
  const add = (of: (each: CoverageFigures) => number) => figures.reduce((sum, each) => sum + of(each), 0)
  const counts = (track: CoverageTrack) => ({
    none: add(({ tracks }) => tracks[track].none),
    part: add(({ tracks }) => tracks[track].part),
    full: add(({ tracks }) => tracks[track].full),
  })
  return {
    area,
    places: add(({ places }) => places),
    withoutCooperative: add(({ withoutCooperative }) => withoutCooperative),
    tracks: { organisation: counts('organisation'), business: counts('business') },
  }
}

const kabupatenOf = (kecamatan: string): string => kecamatan.split('.').slice(0, 2).join('.')
const figureWidths = [12, 16, ...coverageTracks.flatMap(() => [15, 15, 15, 15])]

function kabupatenSheet(figures: CoverageFigures[], word: Word, sample: boolean): WrittenSheet {
  const codes = [...new Set(figures.map(({ area }) => kabupatenOf(area)))]
  const rows = codes.map((code) => {
    const its = sumOf(
      code,
      figures.filter(({ area }) => kabupatenOf(area) === code),
    )
    return [areaName(code), ...figureCells(its)]
  })
  return {
    name: sheetTitle(word('report-sheet-kabupaten'), word, sample),
    headings: [word('report-kabupaten'), ...figureHeadings(word)],
    rows: [...rows, [word('report-total'), ...figureCells(sumOf('', figures))]],
    widths: [24, ...figureWidths],
  }
}

function kecamatanSheet(figures: CoverageFigures[], word: Word): WrittenSheet {
  return {
    name: word('report-sheet-kecamatan'),
    headings: [word('report-kabupaten'), word('report-kecamatan'), ...figureHeadings(word)],
    rows: figures.map((its) => [
      ...[areaName(kabupatenOf(its.area)), areaName(its.area)],
      ...figureCells(its),
    ]),
    ...{ widths: [24, 24, ...figureWidths], filter: true },
  }
}

/** The sheets of the kelurahan, and of those to call. */
async function detailSheets(
  tx: Tx,
  coverage: Coverage,
  areas: string[],
  word: Word,
): Promise<[WrittenSheet, WrittenSheet]> {
  const places: { code: string; cells: WrittenCell[] }[] = []
  const calls: WrittenCell[][] = []
  for await (const page of coverageByCooperative(tx, coverage, areas))
    for (const cooperative of page) {
      places.push({ code: cooperative.areaCode, cells: placeRow(cooperative, word) })
      calls.push(...callRows(cooperative, word))
    }
  for (const { code } of await placesWithoutCooperative(tx, areas))
    places.push({ code, cells: [...upwards(code), word('report-no-cooperative')] })
  places.sort((a, b) => (a.code < b.code ? -1 : 1))
  return [
    {
      name: word('report-sheet-kelurahan'),
      headings: [...placeHeadings(word), ...coverageTracks.flatMap((track) => trackHeadings(track, word))],
      rows: places.map(({ cells }) => cells),
      ...{ widths: [20, 20, 22, 34, ...coverageTracks.flatMap(() => [14, 40, 44])], filter: true },
    },
    {
      name: word('report-sheet-left'),
      headings: [
        ...[...placeHeadings(word), word('report-track'), word('report-left-office'), word('report-name')],
        ...[word('report-position'), word('report-phone'), word('report-registration')],
      ],
      rows: calls,
      ...{ widths: [20, 20, 22, 34, 20, 30, 28, 26, 18, 26], filter: true },
    },
  ]
}

function placeHeadings(word: Word): string[] {
  return [
    ...[word('report-kabupaten'), word('report-kecamatan')],
    ...[word('report-kelurahan'), word('report-cooperative')],
  ]
}

function trackHeadings(of: CoverageTrack, word: Word): string[] {
  const track = trackName(of, word)
  return [
    ...[word('report-status-of', { track }), word('report-trained-of', { track })],
    word('report-left-of', { track }),
  ]
}

/** Kabupaten, kecamatan, kelurahan: from the large to the small, as one looks for it. */
function upwards(areaCode: string): string[] {
  return placeCells(areaCode).toReversed()
}

function placeRow({ areaCode, name, tracks }: CooperativeCoverage, word: Word): WrittenCell[] {
  return [
    ...upwards(areaCode),
    name,
    ...coverageTracks.flatMap((track) => [
      statusText(tracks[track], word),
      trainedText(tracks[track], word),
      tracks[track].open.flatMap((open) => openTexts(open, word)).join('; '),
    ]),
  ]
}

function statusText({ status }: TrackCoverage, word: Word): string {
  switch (status) {
    case 'none':
      return word('report-status-none')
    case 'part':
      return word('report-status-part')
    case 'full':
      return word('report-status-full')
  }
}

function trainedText({ trained }: TrackCoverage, word: Word): string {
  return trained
    .map(({ name, title, left }) => {
      const facts = { name, title: word('title-name', { title }) }
      return left ? word('report-trained-person-left', facts) : word('report-trained-person', facts)
    })
    .join('; ')
}

/** Who could still reach a target; where nobody is known, that the roster lacks them. */
function openTexts({ target, missing, persons }: OpenTarget, word: Word): string[] {
  const known = persons.map(({ name, title, phones }) => {
    const facts = { name, title: word('title-name', { title }), phone: phones.join(', ') }
    return phones.length === 0 ? word('report-left-person', facts) : word('report-left-person-phone', facts)
  })
  if (persons.length >= missing) return known
  return [...known, word('report-vacant-office', { office: officeText(target, word) })]
}

/** What a target asks for: "Manajer atau Wakil Ketua Bidang Usaha", "salah satu pengawas". */
function officeText(target: CoverageTarget, word: Word): string {
  if ('role' in target) return word('report-of-role', target)
  return target.offices
    .map((title) => word('title-name', { title }))
    .reduce((first, second) => word('report-either', { first, second }))
}

/** A row for each person to call, once a track; one without a name where the roster has nobody. */
function callRows({ areaCode, name, tracks }: CooperativeCoverage, word: Word): WrittenCell[][] {
  return coverageTracks.flatMap((track) => {
    const called = new Set<string>()
    return tracks[track].open.flatMap((open) => {
      const before = [
        ...upwards(areaCode),
        name,
        word('track-name', { track }),
        officeText(open.target, word),
      ]
      const persons = open.persons.filter(({ personId, title }) => {
        const key = `${personId}/${title}`
        return !called.has(key) && called.add(key)
      })
      const rows = persons.map((person) => [...before, ...callCells(person, word)])
      return open.persons.length < open.missing ? [...rows, [...before, word('report-vacant')]] : rows
    })
  })
}

function callCells({ name, title, phones, registered }: LeftToTrain, word: Word): WrittenCell[] {
  const registration = registered
    ? word('report-registration-of', {
        state: word('state-name', { state: registered.state }),
        code: registered.training,
      })
    : null
  return [name, word('title-name', { title }), phones.join(', '), registration]
}
