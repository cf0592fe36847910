import { areaByCode } from '../../areas.ts'
import { type Audience, parseAudience, type Term } from '../../broadcasts/audience.ts'
import type { Turn } from '../reply.ts'

/** An audience as staff read it: "Bendahara dan belum dilatih dan Kecamatan Bulang". */
export function audienceWords({ texts, contact }: Pick<Turn, 'texts' | 'contact'>, audience: string): string {
  const word = (key: string) => texts.text(contact.locale, key)
  const ofTerm = ({ key, values }: Term): string =>
    (values.length > 0 ? values : [''])
      .map((value) => texts.text(contact.locale, 'staff-audience-term', { key, ...factsOf(value) }))
      .join(` ${word('staff-audience-or')} `)
  const ofPart = (part: Audience): string => {
    const isSeveral = 'or' in part || 'and' in part || (!('not' in part) && part.values.length > 1)
    return isSeveral ? `(${inWords(part)})` : inWords(part)
  }
  const inWords = (part: Audience): string => {
    if ('not' in part) return `${word('staff-audience-not')} ${ofPart(part.not)}`
    if ('and' in part) return part.and.map(ofPart).join(` ${word('staff-audience-and')} `)
    if ('or' in part) return part.or.map(ofPart).join(` ${word('staff-audience-or')} `)
    return ofTerm(part)
  }
  return inWords(parseAudience(audience))
}

/** A value under the name of each kind of term that words have for it. */
function factsOf(value: string) {
  const { name = value, level = '' } = areaByCode(value) ?? {}
  return { value, state: value, title: value, track: value, area: name, level }
}
