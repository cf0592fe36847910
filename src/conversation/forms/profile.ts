import { areaCovers } from '../../areas.ts'
import type { KnownPerson } from '../../contacts/contacts.ts'
import type { Cooperative } from '../../database/generated/client.ts'
import { PositionTitle, type Role } from '../../database/generated/enums.ts'
import type { Choice } from '../../delivery/content.ts'
import { requestChange, type Wish } from '../../people/profile-requests.ts'
import { isSamplePhone, parsePhone } from '../../phone.ts'
import { type Part, say } from '../../texts.ts'
import type { Understanding } from '../../understanding/understand.ts'
import { yesOrNo } from '../choices.ts'
import { saysOfficeEnded } from '../offices.ts'
import {
  cooperativeWordsIn,
  fieldIn,
  isOfAnother,
  nameIn,
  officeIn,
  phoneIn,
  saysBeside,
  saysElsewhere,
  saysNumberIsLost,
  saysOldIsGone,
  saysOldNumber,
} from '../profile-words.ts'
import { menu, type Turn } from '../reply.ts'
import type { Slots } from '../state.ts'
import { askWhichEnds, endingParts, endingWish, officeThatEnds } from './end-office.ts'
import { type Form, type Step, yesNo } from './form.ts'

/**
 * A wish to have one's own data changed, which staff decide. Slots: field (name, phone, position); name; phone, gone
 * (the number that it replaces), old (yes: what is gone is an old number); title or role, area (code) or words of a cooperative, cooperative (id), moves (yes: to
 * a cooperative not named yet), beside (yes: the office comes beside those held), replaces (position id, 0 for none), ends (yes: an office held ends, none begins); sure; another (yes: not about themselves).
 */
export const profile: Form = {
  personal: true,
  left: 'profile-left',
  fill: async (turn, slots, asked) => {
    if (turn.text.includes('?')) return undefined
    const given = givenIn(turn, slots, asked)
    if (given) {
      const { sure: _, ...rest } = slots
      return { ...rest, ...given }
    }
    const answer = asked === 'sure' ? yesOrNo(turn.text, turn.understanding) : undefined
    return answer ? { ...slots, sure: answer } : undefined
  },
  step: async (turn, slots) => {
    const { speaker } = turn
    if (!speaker) throw new Error('profile needs a speaker')
    if (slots['another'] === 'yes') return { done: [{ parts: [say('profile-of-another')], choices: menu }] }
    if (slots['field'] === 'name') return await stepName(turn, speaker, slots)
    if (slots['field'] === 'phone') return await stepPhone(turn, speaker, slots)
    if (slots['field'] === 'position') return await stepPosition(turn, speaker, slots)
    return {
      ask: 'field',
      slots,
      reply: {
        parts: [say('profile-ask-field')],
        choices: [
          { label: say('choice-profile-name'), value: { fills: 'field', value: 'name' } },
          { label: say('choice-profile-phone'), value: { fills: 'field', value: 'phone' } },
          { label: say('choice-profile-position'), value: { fills: 'field', value: 'position' } },
        ],
      },
      again: [say('profile-ask-field-again')],
    }
  },
}

/** What the message that begins the form says of what is wanted. */
export function profileSlots(turn: Turn): Slots {
  if (isOfAnother(turn.text)) return { another: 'yes' }
  const field = fieldIn(turn.text, turn.understanding)
  return field ? { field, ...valuesIn(turn, field) } : {}
}

/** What a message within the form gives; undefined when nothing. */
function givenIn(turn: Turn, slots: Slots, asked: string | undefined): Slots | undefined {
  const { text, understanding } = turn
  const spoken = fieldIn(text, understanding)
  const names = understanding.intent === 'profile_update' || asked === 'field'
  const field = spoken && (names || phoneIn(text)) ? spoken : slots['field']
  if (field !== 'name' && field !== 'phone' && field !== 'position') return undefined
  const isAnswer = asked === field || (field === 'position' && (asked === 'title' || asked === 'cooperative'))
  const values = valuesIn(turn, field, isAnswer ? asked : undefined)
  if (Object.keys(values).length > 0) return { field, ...values }
  return field === slots['field'] ? undefined : { field }
}

/** Intents of which a message is hardly an answer. */
function isAnotherMatter({ understanding: { intent, confidence } }: Turn): boolean {
  const answering = ['inform', 'out_of_scope', 'profile_update', 'affirm', 'greet', 'register']
  return confidence >= 0.35 && !answering.includes(intent)
}

const saysName = /^\W*nama\b/i

function valuesIn(turn: Turn, field: 'name' | 'phone' | 'position', asked?: string): Slots {
  const { text, understanding } = turn
  if (field === 'name') {
    const isAnswer = asked === 'name' && (saysName.test(text) || !isAnotherMatter(turn))
    const name = nameIn(text) ?? (isAnswer ? nameIn(text, true) : undefined)
    return name ? { name } : {}
  }
  if (field === 'phone') {
    const phone = phoneIn(text) ?? (asked === 'phone' && /\d{3}/.test(text) ? text.slice(0, 40) : undefined)
    const gone =
      saysOldIsGone(text) || saysNumberIsLost(text, understanding)
        ? (turn.contact.phone ?? undefined)
        : undefined
    const old = gone && saysOldNumber(text) ? { old: 'yes' } : {}
    return { ...(phone ? { phone } : {}), ...(gone ? { gone } : {}), ...old }
  }
  if (saysOfficeEnded(text, understanding.mentions)) return { ends: 'yes', ...officeNamed(understanding) }
  const office = officeIn(text, understanding)
  const { area } = understanding.entities
  const words =
    area || (asked === 'cooperative' && isAnotherMatter(turn))
      ? undefined
      : cooperativeWordsIn(text, asked === 'cooperative')
  const moves = !office && !area && !words && asked === undefined && saysElsewhere(text)
  // Another cooperative or office is judged anew.
  return {
    ...(office || area || words ? { ends: '' } : {}),
    ...office,
    ...(area ? { area: area.code, words: '', cooperative: 0, replaces: -1 } : {}),
    ...(words ? { words, area: '', cooperative: 0, replaces: -1 } : {}),
    ...(moves ? { moves: 'yes', cooperative: 0 } : {}),
    ...(saysBeside(text) ? { beside: 'yes' } : {}),
  }
}

async function stepName(turn: Turn, speaker: KnownPerson, slots: Slots): Promise<Step> {
  const { name } = slots
  if (name === undefined)
    return {
      ...{ ask: 'name', slots, reply: { parts: [say('profile-ask-name', { name: speaker.name })] } },
      again: [say('profile-ask-name-again')],
    }
  if (name === speaker.name) return already(say('profile-name-same', { name }))
  const confirmed = confirm(
    slots,
    say('profile-confirm-name', { from: speaker.name, to: name }),
    String(name),
  )
  return confirmed ?? (await finish(turn, speaker, { field: 'name', value: { name: String(name) } }))
}

async function stepPhone(turn: Turn, speaker: KnownPerson, slots: Slots): Promise<Step> {
  const phones = await turn.tx.personPhone.findMany({ where: { personId: speaker.id } })
  const left = phones.filter((each) => each.phone !== turn.contact.phone)
  const [other] = left
  // "hp lama saya hilang", of somebody who has two: it is the one that is not written from.
  const olds = slots['old'] === 'yes' && left.length === 1 && left.length < phones.length && other
  const { phone: given = olds ? turn.contact.phone : undefined, ...kept } = slots
  const gone = olds ? other.phone : slots['gone']
  const phone = given ? parsePhone(String(given)) : undefined
  if (!phone || isSamplePhone(phone) !== speaker.sample) {
    const bad = phone && speaker.sample ? 'profile-phone-sample' : 'profile-phone-bad'
    return {
      ask: 'phone',
      slots: kept,
      reply: { parts: [say(given ? bad : 'profile-ask-phone')] },
      again: [say('profile-ask-phone-again')],
    }
  }
  const isHeld = phones.some((each) => each.phone === phone)
  const replaced = phones.find((each) => each.phone === gone && each.phone !== phone)?.phone
  if (isHeld && !replaced) return already(say('profile-phone-same', { phone }))
  const shown = replaced
    ? say('profile-confirm-phone-gone', { phone, gone: replaced })
    : say('profile-confirm-phone', { phone })
  const value = replaced ? { phone, gone: replaced } : { phone }
  return confirm(slots, shown, phone) ?? (await finish(turn, speaker, { field: 'phone', value }))
}

/** The office that is said to have ended. */
function officeNamed({ entities: { position, role } }: Understanding): Slots {
  return { ...(position ? { title: position } : {}), ...(role && role !== 'anggota' ? { role } : {}) }
}

async function stepEnd(turn: Turn, speaker: KnownPerson, slots: Slots): Promise<Step> {
  const held = officeThatEnds(speaker, slots)
  if (!held) return askWhichEnds(speaker, slots)
  const shown = await endingParts(turn, speaker, held)
  return (
    confirm({ ...slots, replaces: held.id }, shown, `end/${held.id}`) ??
    (await finish(turn, speaker, endingWish(held)))
  )
}

async function stepPosition(turn: Turn, speaker: KnownPerson, slots: Slots): Promise<Step> {
  if (slots['ends'] === 'yes') return await stepEnd(turn, speaker, slots)
  const found = await cooperativeOf(turn, speaker, slots)
  if ('ask' in found) return found
  const { cooperative } = found
  const replaces = replacedOf(speaker, cooperative, slots)
  if (replaces === 'ask') return askReplaced(speaker, { ...slots, cooperative: cooperative.id })
  const title = titleOf(slots, replaces)
  const judged = { ...slots, cooperative: cooperative.id, replaces: replaces?.id ?? 0 }
  if (!title) return askTitle(judged)
  const office = { title, cooperative: cooperative.name }
  const same = speaker.positions.some((held) => held.title === title && held.cooperativeId === cooperative.id)
  if (same) return already(say('profile-position-same', office))
  const shown = replaces
    ? say('profile-confirm-position', {
        ...office,
        ...{ oldTitle: replaces.title, oldCooperative: replaces.cooperative.name },
      })
    : say('profile-confirm-position-new', office)
  const value = { title, role: roles[title], cooperativeId: cooperative.id, positionId: replaces?.id ?? null }
  return (
    confirm(judged, shown, `${cooperative.id}/${title}`) ??
    (await finish(turn, speaker, { field: 'position', value }))
  )
}

const roles: Record<PositionTitle, Role> = {
  ...{ ketua: 'pengurus', wakil_ketua: 'pengurus', wakil_ketua_usaha: 'pengurus' },
  ...{ wakil_ketua_anggota: 'pengurus', sekretaris: 'pengurus', bendahara: 'pengurus' },
  ...{ ketua_pengawas: 'pengawas', anggota_pengawas: 'pengawas', manajer: 'manajer' },
}

/** So many cooperatives are shown as choices. */
const mostShown = 8

/** The cooperative that is meant: what was named, else the only one in which the person holds an office. */
async function cooperativeOf(
  turn: Turn,
  speaker: KnownPerson,
  slots: Slots,
): Promise<{ cooperative: Cooperative } | Extract<Step, { ask: string }>> {
  const { tx } = turn
  const chosen = slots['cooperative'] ? Number(slots['cooperative']) : undefined
  const cooperative = chosen ? await tx.cooperative.findUnique({ where: { id: chosen } }) : undefined
  if (cooperative) return { cooperative }
  const named = Boolean(slots['area'] || slots['words'])
  const unnamed = slots['moves'] === 'yes' ? [] : ownCooperatives(speaker)
  const possible = named ? await cooperativesNamed(turn, speaker, slots) : unnamed
  const [first] = possible
  if (first && possible.length === 1) return { cooperative: first }
  const { area: _, words: __, ...rest } = slots
  const question = named && !first ? 'profile-cooperative-unknown' : 'profile-ask-cooperative'
  return {
    ask: 'cooperative',
    slots: rest,
    reply: {
      parts: [say(question)],
      choices:
        possible.length > mostShown
          ? []
          : possible.map(({ id, name }) => ({
              label: say('choice-cooperative', { name }),
              value: { fills: 'cooperative', value: id },
            })),
    },
    again: [say('profile-ask-cooperative')],
  }
}

function ownCooperatives(speaker: KnownPerson): Cooperative[] {
  return [...new Map(speaker.positions.map(({ cooperative }) => [cooperative.id, cooperative])).values()]
}

/** By area or by the words of a name; sample ones for sample persons only. */
async function cooperativesNamed({ tx }: Turn, speaker: KnownPerson, slots: Slots): Promise<Cooperative[]> {
  const { area, words } = slots
  const found = await tx.cooperative.findMany({
    where: {
      sample: speaker.sample,
      ...(area
        ? { areaCode: { startsWith: String(area) } }
        : { name: { contains: String(words).replace(/[\\%_]/g, ''), mode: 'insensitive' as const } }),
    },
    orderBy: { name: 'asc' },
    take: mostShown + 1,
  })
  return area ? found.filter(({ areaCode }) => areaCovers(String(area), areaCode)) : found
}

type HeldPosition = KnownPerson['positions'][number]

/** The office that ends: one of the same cooperative, else the only one held; undefined for none. */
function replacedOf(
  speaker: KnownPerson,
  cooperative: Cooperative,
  slots: Slots,
): HeldPosition | undefined | 'ask' {
  const chosen = Number(slots['replaces'] ?? -1)
  if (chosen === 0 || slots['beside'] === 'yes') return undefined
  const held = speaker.positions.find(({ id }) => id === chosen)
  if (held) return held
  const there = speaker.positions.filter(({ cooperativeId }) => cooperativeId === cooperative.id)
  const possible = there.length > 0 ? there : speaker.positions
  return possible.length > 1 ? 'ask' : possible[0]
}

function askReplaced(speaker: KnownPerson, slots: Slots): Step {
  const choices: Choice[] = speaker.positions.map(({ id, title, cooperative }) => ({
    label: say('choice-position', { title, cooperative: cooperative.name }),
    value: { fills: 'replaces', value: id },
  }))
  const beside: Choice = { label: say('choice-profile-beside'), value: { fills: 'replaces', value: 0 } }
  return {
    ...{ ask: 'replaces', slots },
    reply: { parts: [say('profile-ask-replaces')], choices: [...choices, beside] },
  }
}

/** The title that was named, else the one that is left. */
function titleOf(slots: Slots, replaced: HeldPosition | undefined): PositionTitle | undefined {
  const named = Object.values(PositionTitle).find((title) => title === slots['title'])
  if (named) return named
  const moves = Boolean(slots['area'] || slots['words'] || slots['cooperative'])
  return moves && !slots['role'] && replaced && replaced.cooperativeId !== slots['cooperative']
    ? replaced.title
    : undefined
}

function askTitle(slots: Slots): Step {
  const { role } = slots
  const titles = Object.values(PositionTitle).filter((title) => !role || roles[title] === role)
  return {
    ask: 'title',
    slots,
    reply: {
      parts: [say('profile-ask-title')],
      choices: titles.map((title) => ({
        label: say('choice-title', { title }),
        value: { fills: 'title', value: title },
      })),
    },
    again: [say('profile-ask-title-again')],
  }
}

function already(part: Part): Step {
  return { done: [{ parts: [part], choices: menu }] }
}

/** Asks whether it is right; undefined when that was answered with yes. */
function confirm(slots: Slots, shown: Part | Part[], subject: string): Step | undefined {
  if (slots['sure'] === 'yes') return undefined
  if (slots['sure'] === 'no') return { done: [{ parts: [say('profile-left')], choices: menu }] }
  const about = `profile/${slots['field']}/${subject}`
  const parts = [shown, say('profile-sure')].flat()
  return {
    ...{ ask: 'sure', slots, about, again: parts },
    reply: { parts, choices: yesNo(about) },
  }
}

async function finish(turn: Turn, speaker: KnownPerson, wish: Wish): Promise<Step> {
  const { id, replaced } = await requestChange(turn.tx, speaker.id, wish, turn.now)
  return {
    done: [
      {
        parts: [
          say('profile-requested', { number: `UBAH-${id}` }),
          ...(replaced ? [say('profile-replaced')] : []),
          say('profile-until-then'),
        ],
      },
    ],
    did: id,
  }
}
