import type { Registration } from '../database/generated/client.ts'
import type { Choice, OutgoingContent } from '../delivery/content.ts'
import { trainingByCode } from '../programme/trainings.ts'
import { activeStates } from '../registration/eligibility.ts'
import { registrationsOf } from '../registration/own.ts'
import { type Part, say } from '../texts.ts'
import { normalise } from '../understanding/normalise.ts'
import { bestRefusal, refusedReply } from './refusal.ts'
import { menu, type Reply, type Turn } from './reply.ts'
import { aside } from './respond.ts'
import { isKnown } from './speaker.ts'
import type { Refused } from './state.ts'

const whyWords = String.raw`kenapa|knp|knapa|napa|ngapa|nape|kenape|mengapa|kok|koq|alasan\w*|sebab\w*|ngopo|why|reason`
const asksWhy = new RegExp(String.raw`\b(?:${whyWords})\b`, 'i')
const aboutRefusal =
  /\b(di ?tolak|tolak|gagal|di ?batalkan|di ?batalin|di ?coret|hangus|gugur|lewat|(tidak|tdk|gak|ga|gk|nggak|ngga|enggak|tak|ndak|ora|gabisa|belum|blm) ?(bisa|bs|boleh|dapat|dpt|disetujui|diterima|lolos|iso|oleh|setuju)|gabisa|rejected|refused|declined|cancelled|can'?t|cannot)\b/i
/** The question alone: "kenapa?", "lho kok gitu", "alasannya apa ya pak". */
const bareWhy = new RegExp(
  String.raw`^\W*(?:(?:lho|loh|lah|waduh|eh|terus|trus|tapi|tp|apa|ini|itu|memang|emang|boleh tau|boleh tahu)\W+)*(?:${whyWords})(?:\W+(?:gitu|begitu|bgitu|gini|begini|bisa|ya|yah|pak|bu|min|kak|bang|sih|dong|tu|tuh|apa|nya|not))*\W*$`,
  'i',
)
const longestWhy = 8

/**
 * "kenapa ditolak?" right after a refusal, or while the newest registration has been refused, has lapsed or was
 * cancelled: which rule or decision it was, what it means and what is possible instead. Undefined when it is no such
 * question, or nothing was refused.
 */
export async function respondToWhy(turn: Turn): Promise<Reply[] | undefined> {
  const { text, refused } = turn
  const short = text.trim().split(/\s+/).length <= longestWhy
  // As written, and with shorthand and Malay put into Indonesian.
  const says = (words: RegExp) => words.test(text) || words.test(normalise(text))
  const isBare = says(bareWhy)
  if (!isBare && !(short && says(asksWhy) && says(aboutRefusal))) return undefined
  const reply = refused
    ? await whyRule(turn, refused)
    : isBare
      ? undefined
      : ((await whyDecided(turn)) ?? nothingRefused(turn))
  return reply && (await aside(turn, async () => [reply]))
}

/** Staff know more than is stored. */
const askStaff: Choice = { label: say('choice-ask-staff'), value: { asks: 'contact_staff' } }

/** A rule stood against it: the same again as it is now, with what the rule says. */
async function whyRule(turn: Turn, refused: Refused): Promise<Reply | undefined> {
  const training = await trainingByCode(turn.tx, refused.training)
  if (!training) return undefined
  const { title, code } = training
  const explained = say(`why-${refused.why}`, { title, code })
  if (refused.name !== undefined) {
    const cap = training.perCooperative ?? 0
    const cannot = say('colleague-cannot', { name: refused.name, why: refused.why, title, code, cap })
    return { parts: [cannot, explained], choices: [askStaff, ...menu], refused }
  }
  if (!turn.speaker || !isKnown(turn)) return undefined
  const { parts, choices = [], ...rest } = await refusedReply(turn, turn.speaker, training, refused.why)
  const [rule, ...instead] = parts
  return {
    ...rest,
    parts: [...(rule ? [rule] : []), explained, ...instead],
    choices: [...choices, askStaff],
    refused,
  }
}

/** Nothing of theirs was refused that is known here. */
function nothingRefused(turn: Turn): Reply | undefined {
  if (!isKnown(turn) || turn.state.form) return undefined
  const status = { label: say('choice-status'), value: { asks: 'registration_status' } }
  return { parts: [say('why-nothing')], choices: [status, askStaff, ...menu.slice(0, 2)] }
}

type Told = { at: Date; reply: Reply }

/** What was decided last of what the person had asked for: by staff, by the time, or by a change of office. */
async function whyDecided(turn: Turn): Promise<Reply | undefined> {
  if (!turn.speaker || !isKnown(turn)) return undefined
  const found = [
    await whyRegistration(turn, turn.speaker.id),
    await whyOffice(turn, turn.speaker.id),
    await whyWish(turn, turn.speaker.id),
  ].filter((told) => told !== undefined)
  return found.sort((a, b) => b.at.getTime() - a.at.getTime())[0]?.reply
}

async function whyRegistration(turn: Turn, personId: number): Promise<Told | undefined> {
  const all = await registrationsOf(turn.tx, personId, ['refused', 'lapsed', 'cancelled', ...activeStates])
  const newest = all.toSorted((a, b) => b.id - a.id)[0]
  if (!newest || activeStates.includes(newest.state)) return undefined
  const { title, code, waveNumber } = newest.training
  const facts = { title, code, number: newest.number }
  const again = { label: say('choice-register'), value: { asks: 'register', training: code } }
  const parts =
    newest.state === 'refused'
      ? [say('why-registration-refused', facts), ...(await reasonGiven(turn, refusedKeys(newest)))]
      : newest.state === 'lapsed'
        ? [say('why-registration-lapsed', facts)]
        : await whyCancelled(turn, newest, facts)
  const refused =
    newest.state === 'refused' && turn.speaker
      ? await bestRefusal(turn, turn.speaker, newest.training)
      : undefined
  const rule = refused ? [say(`why-${refused}`, facts)] : []
  return {
    at: newest.updatedAt,
    reply: {
      parts: [...parts, ...rule],
      choices: [...(refused ? [] : [again]), askStaff, ...menu.slice(0, 1)],
      topic: { training: code, wave: waveNumber },
    },
  }
}

function refusedKeys({ id, personId }: Registration): string[] {
  return ['pending-refused', 'pending-refused-rule', 'request-over'].map((key) => `${key}/${id}/${personId}`)
}

async function whyCancelled(
  { tx }: Turn,
  { id, positionId, cancelledAt }: Registration,
  facts: Record<string, string>,
): Promise<Part[]> {
  const successor = await tx.registration.findFirst({
    where: { replacesId: id, state: { notIn: ['pending', 'refused', 'cancelled'] } },
    include: { person: true },
  })
  if (successor) return [say('why-registration-replaced', { ...facts, name: successor.person.name })]
  const { until, title, cooperative } = await tx.position.findUniqueOrThrow({
    where: { id: positionId },
    include: { cooperative: true },
  })
  const at = (cancelledAt ?? new Date(0)).toISOString()
  // An office ends in the same step as what hangs on it.
  return until && until.toISOString() === at
    ? [
        say('why-office-ended', {
          ...{ class: facts['title'] ?? '', code: facts['code'] ?? '', title, cooperative: cooperative.name },
        }),
      ]
    : [say('why-registration-cancelled', { ...facts, at })]
}

async function whyOffice(turn: Turn, personId: number): Promise<Told | undefined> {
  const ended = await turn.tx.position.findFirst({
    where: { personId, pending: true, NOT: { until: null } },
    include: { cooperative: true },
    orderBy: { id: 'desc' },
  })
  if (!ended?.until) return undefined
  const told = await noticeOf(turn, [`office-refused/${ended.id}`])
  return told && { at: ended.until, reply: { parts: told.parts, choices: [askStaff, ...menu.slice(0, 1)] } }
}

async function whyWish(turn: Turn, personId: number): Promise<Told | undefined> {
  const wish = await turn.tx.profileRequest.findFirst({
    where: { personId, state: 'refused' },
    orderBy: { decidedAt: 'desc' },
  })
  const told = wish && (await noticeOf(turn, [`profile/${wish.id}`]))
  if (!wish?.decidedAt || !told) return undefined
  const given = told.parts.some(isReason) ? [] : [say('why-no-reason')]
  return {
    at: wish.decidedAt,
    reply: { parts: [...told.parts, ...given], choices: [askStaff, ...menu.slice(0, 1)] },
  }
}

/** What the notice of the decision said after its first words: the reason of staff, what can be done. */
async function reasonGiven(turn: Turn, keys: string[]): Promise<Part[]> {
  const parts = (await noticeOf(turn, keys))?.parts.slice(1) ?? []
  return parts.some(isReason) ? parts : [say('why-no-reason'), ...parts]
}

function isReason(part: Part): boolean {
  return 'key' in part && part.key === 'notice-reason'
}

async function noticeOf({ tx }: Turn, keys: string[]): Promise<OutgoingContent | undefined> {
  const row = await tx.outgoingMessage.findFirst({
    where: { OR: keys.map((key) => ({ dedupeKey: { startsWith: `${key}/` } })) },
    orderBy: { id: 'desc' },
    select: { content: true },
  })
  const content = row?.content as OutgoingContent | undefined
  // One whose data was erased since holds nothing any more.
  return content?.parts ? content : undefined
}
