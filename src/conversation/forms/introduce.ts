import { type Area, areaByCode, areasUnder, parentOf } from '../../areas.ts'
import { noteConsent, personsOf } from '../../contacts/contacts.ts'
import type { PositionTitle } from '../../database/generated/enums.ts'
import type { Choice } from '../../delivery/content.ts'
import { hasConsented } from '../../people/consent.ts'
import { isDesa, usualName } from '../../people/cooperatives.ts'
import { introduce as storeIntroduction } from '../../people/waiting-office.ts'
import { officeOfTitle } from '../../planning/roster-words.ts'
import { line, type Part, say } from '../../texts.ts'
import { consentIn, yesOrNo } from '../choices.ts'
import { codesOf, introductionIn, withSaid } from '../introduction.ts'
import { waitingReply } from '../pending.ts'
import { menu, type Reply, type Turn } from '../reply.ts'
import { setSpeaker } from '../speaker.ts'
import type { Slots } from '../state.ts'
import { type Form, type Step, yesNo } from './form.ts'

/**
 * Who is on no roster says name, cooperative and office; staff agree to it or not. Nothing is stored before they
 * agreed to it and found it right. Slots: those of introduction.ts, consent and sure (yes, no), wrong (a slot to be
 * asked again), and what the form that waits was given.
 */
export const introduce: Form = {
  personal: false,
  left: 'introduce-left',
  fill: async (turn, slots, asked) => {
    const said = introductionIn(turn, asked, slots)
    const told = Object.keys(said).length > 0
    const answer = answerTo(asked, turn)
    const wrong = told ? undefined : wrongIn(turn.text, asked)
    if (wrong) return { ...slots, wrong }
    // The right name alone, after "Bagian mana yang keliru?"
    if (asked === 'wrong' && !told) return nameAlone(turn, slots)
    if (!told && !answer) return undefined
    const filled = withSaid(slots, said)
    // Who names what is wrong has said no to the rest by that.
    if (answer && !(asked === 'sure' && told)) return { ...filled, [String(asked)]: answer }
    return filled
  },
  step: async (turn, slots) => {
    const { speaker } = turn
    const who = speaker ? [speaker] : turn.persons
    if (who.some(({ positions }) => positions.length > 0)) return onTheRoster(turn, slots)
    await noteConsent(turn.tx, turn.contact, slots['consent'], turn.now)
    if (slots['consent'] === 'no') return { done: [{ parts: [say('introduce-refused')], choices: menu }] }
    if (slots['consent'] !== 'yes' && !(speaker && hasConsented(speaker)))
      return afterNoOffice(slots, askConsent(turn, slots))
    const { wrong, ...rest } = slots
    const known = wrong === undefined ? rest : without(rest, wrong)
    if (known['name'] === undefined) return afterNoOffice(known, askName(known))
    if (known['kelurahan'] === undefined) return afterNoOffice(known, askKelurahan(known))
    const office = officeOfTitle(String(known['office']))
    if (!office) return askOffice(known)
    if (known['sure'] === 'no') return askWrong(known)
    if (known['sure'] !== 'yes') return await askSure(turn, known, office.title)
    return await store(turn, known)
  },
}

/** Who says early that they hold no office of the list hears for whom the training is, and not only at the end. */
function afterNoOffice({ problem, office }: Slots, step: Step): Step {
  if (problem !== 'office' || office !== undefined || !('ask' in step)) return step
  const { reply } = step
  return {
    ...step,
    reply: {
      ...reply,
      parts: [say('introduce-office-none'), ...reply.parts],
      choices: [...(reply.choices ?? []), askStaff],
    },
  }
}

/** Staff may decide otherwise. */
const askStaff: Choice = { label: say('choice-ask-staff'), value: { asks: 'contact_staff' } }

function answerTo(asked: string | undefined, { text, understanding }: Turn): 'yes' | 'no' | undefined {
  if (asked === 'consent') return consentIn(text)
  return asked === 'sure' ? yesOrNo(text, understanding) : undefined
}

/** Slots without one that was wrong, and what belongs to it. */
function without(slots: Slots, wrong: string | number): Slots {
  const { sure: _, ...rest } = slots
  const dropped = wrong === 'kelurahan' ? ['kelurahan', 'maybe', 'kecamatan', 'unknown'] : [wrong, 'group']
  return Object.fromEntries(Object.entries(rest).filter(([slot]) => !dropped.includes(slot)))
}

/** A roster has come in meanwhile that holds the number: there is nothing left to be introduced. */
function onTheRoster(turn: Turn, slots: Slots): Step {
  const before = [say('phone-known')]
  if (turn.state.form?.waiting !== 'register') return { done: [{ parts: before, choices: menu }] }
  return { next: 'register', slots: forRegistering(slots), before }
}

/** The slot that a text names as wrong; `asked` is the slot that was asked for last. */
export function wrongIn(text: string, asked: string | undefined): string | undefined {
  if (asked !== 'wrong' && !(asked === 'sure' && /\b(salah|keliru|wrong)\b/i.test(text))) return undefined
  if (/\b(kelurahan(nya)?|kel|desa(nya)?|koperasi(nya)?|alamat(nya)?|village|cooperative)\b/i.test(text))
    return 'kelurahan'
  if (/\b(jabatan(nya)?|posisi(nya)?|office|position)\b/i.test(text)) return 'office'
  return /\b(nama(nya)?|name)\b/i.test(text) ? 'name' : undefined
}

function nameAlone(turn: Turn, slots: Slots): Slots | undefined {
  const { name } = introductionIn(turn, 'name', slots)
  return name === undefined ? undefined : withSaid(slots, { name })
}

function askConsent(turn: Turn, slots: Slots): Step {
  const again = [say('introduce-consent-again')]
  const parts = turn.state.form?.asked === 'consent' ? again : [say('introduce-consent')]
  return {
    ask: 'consent',
    slots,
    reply: { parts, choices: yesNo('introduce/consent') },
    again,
    about: 'introduce/consent',
  }
}

function askName({ problem, ...slots }: Slots): Step {
  const parts = [...(problem === 'name' ? [say('introduce-name-wrong')] : []), say('introduce-name')]
  return { ask: 'name', slots, reply: { parts }, again: [say('introduce-name-again')] }
}

function askKelurahan({ unknown, problem: _, ...slots }: Slots): Step {
  const again = [say('introduce-kelurahan-again')]
  const maybe = codesOf(slots['maybe'])
  if (maybe.length > 0)
    return {
      ask: 'kelurahan',
      slots,
      reply: {
        parts: [say('introduce-kelurahan-which')],
        choices: maybe.map((code) => kelurahanChoice(code, 'choice-kelurahan-of')),
      },
      again,
    }
  const kecamatan = areaByCode(String(slots['kecamatan']))
  if (kecamatan)
    return {
      ask: 'kelurahan',
      slots,
      reply: {
        parts: [say('introduce-kelurahan-in', { kecamatan: kecamatan.name })],
        choices: areasUnder(kecamatan.code).map(({ code }) => kelurahanChoice(code, 'choice-kelurahan')),
      },
      again,
    }
  const parts: Part[] =
    unknown === undefined
      ? [say('introduce-kelurahan')]
      : [say('introduce-kelurahan-unknown', { place: String(unknown) })]
  return { ask: 'kelurahan', slots, reply: { parts }, again }
}

function kelurahanChoice(code: string, key: string): Choice {
  return { label: say(key, placeFacts(areaByCode(code))), value: { fills: 'kelurahan', value: code } }
}

function placeFacts(area: Area | undefined) {
  const { code = '', name = '' } = area ?? {}
  return {
    kelurahan: name,
    kecamatan: parentOf(code)?.name ?? '',
    kind: isDesa(code) ? 'desa' : 'kelurahan',
  }
}

const pengurus: PositionTitle[] = [
  ...(['ketua', 'wakil_ketua_usaha', 'wakil_ketua_anggota', 'sekretaris', 'bendahara'] as const),
]
const groups: Record<string, PositionTitle[]> = {
  wakil: ['wakil_ketua_usaha', 'wakil_ketua_anggota'],
  pengurus,
}
const allTitles: PositionTitle[] = [...pengurus, 'ketua_pengawas', 'anggota_pengawas', 'manajer']

function askOffice({ problem, ...slots }: Slots): Step {
  const titles = groups[String(slots['group'])] ?? allTitles
  return {
    ask: 'office',
    slots,
    reply: {
      parts: [
        ...(problem === 'office' ? [say('introduce-office-none')] : []),
        say(titles === groups['wakil'] ? 'introduce-office-wakil' : 'introduce-office'),
      ],
      choices: [
        ...titles.map((title) => ({
          label: say('choice-office', { title }),
          value: { fills: 'office', value: title },
        })),
        ...(problem === 'office' ? [askStaff] : []),
      ],
    },
    again: [say('introduce-office')],
  }
}

function askWrong(slots: Slots): Step {
  return {
    ask: 'wrong',
    slots,
    reply: {
      parts: [say('introduce-wrong')],
      choices: (['name', 'kelurahan', 'office'] as const).map((slot) => ({
        label: say('choice-introduced', { slot }),
        value: { fills: 'wrong', value: slot },
      })),
    },
  }
}

async function askSure(turn: Turn, { problem: _, ...slots }: Slots, title: PositionTitle): Promise<Step> {
  const area = areaByCode(String(slots['kelurahan']))
  const areaCode = area?.code ?? ''
  const stored = await turn.tx.cooperative.findUnique({ where: { areaCode } })
  const facts = { name: String(slots['name']), title, ...placeFacts(area) }
  const about = `introduce/${slots['kelurahan']}/${title}/${slots['name']}`
  return {
    ask: 'sure',
    slots,
    reply: {
      parts: [
        say('introduce-sure-name', facts),
        line('introduce-sure-office', facts),
        line('introduce-sure-place', { ...facts, cooperative: stored?.name ?? usualName(areaCode) }),
        say('introduce-sure'),
      ],
      choices: yesNo(about),
    },
    again: [say('introduce-sure-again', facts)],
    about,
  }
}

/** Stores it; who came to register goes on with that. */
async function store(turn: Turn, slots: Slots): Promise<Step> {
  const office = officeOfTitle(String(slots['office']))
  const { phone } = turn.contact
  if (!office || !phone) throw new Error('introduce needs an office and a number')
  const introduction = { ...office, name: String(slots['name']), areaCode: String(slots['kelurahan']) }
  const personId = await storeIntroduction(turn.tx, phone, introduction, turn.now)
  turn.persons = await personsOf(turn.tx, turn.contact)
  const person = turn.persons.find(({ id }) => id === personId)
  if (!person) throw new Error('who has introduced themself is not there')
  setSpeaker(turn, person)
  if (turn.state.form?.waiting === 'register')
    return {
      next: 'register',
      slots: forRegistering(slots),
      before: [say('introduced-now', { name: person.name })],
    }
  return { done: [await introduced(turn, person.name)] }
}

async function introduced(turn: Turn, name: string): Promise<Reply> {
  const waiting = await waitingReply(turn)
  return { ...waiting, parts: [say('introduced', { name }), ...waiting.parts] }
}

/** What was said of the class. A place that was named was where the cooperative is. */
function forRegistering(slots: Slots): Slots {
  const ofClass = ['training', 'wave', 'track', 'from', 'to', 'about', 'aboutWave', 'rest']
  return Object.fromEntries(Object.entries(slots).filter(([slot]) => ofClass.includes(slot)))
}
