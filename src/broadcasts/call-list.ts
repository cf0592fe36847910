import { areaPath } from '../areas.ts'
import { toPlain } from '../channels/rich-text.ts'
import { readablePhone } from '../phone.ts'
import type { WrittenSheet } from '../spreadsheets/write.ts'
import { type Facts, loadTexts } from '../texts.ts'
import type { ToCall } from './reach.ts'

/** Those to be called, by kelurahan, with links to call; and how many there are in each place. */
export function callListSheets(list: ToCall[]): WrittenSheet[] {
  const texts = loadTexts()
  const word = (key: string, facts?: Facts) => toPlain(texts.text('id', key, facts))
  const places = new Map<string, number>()
  for (const { areaCode } of list) places.set(areaCode, (places.get(areaCode) ?? 0) + 1)
  return [
    {
      name: word('call-sheet'),
      headings: [
        ...[word('report-kelurahan'), word('report-kecamatan'), word('report-name'), word('report-position')],
        ...[word('report-cooperative'), word('report-phone'), word('call-tel'), word('call-whatsapp')],
        word('call-why'),
      ],
      // A person with two numbers has two rows: each number has its links.
      rows: list.flatMap((each) =>
        (each.phones.length > 0 ? each.phones : ['']).map((phone) => [
          ...placeOf(each.areaCode),
          ...[each.name, word('title-name', { title: each.title }), each.cooperative],
          ...[phone === '' ? '' : readablePhone(phone), ...linksOf(phone)],
          word('call-reason', { why: each.why }),
        ]),
      ),
      widths: [20, 20, 28, 24, 34, 18, 22, 32, 40],
      filter: true,
    },
    {
      name: word('call-sheet-places'),
      headings: [word('report-kelurahan'), word('report-kecamatan'), word('call-count')],
      rows: [...places].map(([code, count]) => [...placeOf(code), count]),
    },
  ]
}

function placeOf(areaCode: string): [string, string] {
  const [kelurahan = areaCode, kecamatan = ''] = areaPath(areaCode)
  return [kelurahan, kecamatan]
}

function linksOf(phone: string): [string, string] {
  return phone === '' ? ['', ''] : [`tel:${phone}`, `https://wa.me/${phone.replace(/\D/g, '')}`]
}
