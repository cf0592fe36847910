import { areaCovers } from '../../areas.ts'
import type { KnownPerson } from '../../contacts/contacts.ts'
import { type FullTraining, findTrainings, isOver, trainingByCode } from '../../programme/trainings.ts'
import { whenLine } from '../../programme/when.ts'
import { applyForSeat } from '../../registration/apply.ts'
import { type Officer, type Refusal, refusalFor } from '../../registration/eligibility.ts'
import { registrationsOf } from '../../registration/own.ts'
import { joinWaitingList, register as takeSeat } from '../../registration/register.ts'
import { placeOnList, waitingCount } from '../../registration/waiting-list.ts'
import { line, type Part, say } from '../../texts.ts'
import type { Intent } from '../../understanding/intents.ts'
import { asApplicant } from '../applicant.ts'
import { calendarOf } from '../calendar.ts'
import { yesOrNo } from '../choices.ts'
import { placeOf, sessionLines, trainingChoice, trainingFacts } from '../describe.ts'
import type { Named } from '../named.ts'
import { pendingChoices, pendingParts } from '../pending.ts'
import { bestRefusal, refusedReply, telling } from '../refusal.ts'
import type { Reply, Turn } from '../reply.ts'
import type { Slots } from '../state.ts'
import { type Form, type Step, yesNo } from './form.ts'

/**
 * Slots that decide: training (code), wave, track, area, from and to (instants), position (id), sure (yes, no).
 * What was only spoken of (about: a code, aboutWave) is preferred where it is possible.
 */
export const register: Form = {
  personal: true,
  left: 'register-left',
  fill: async (turn, slots, asked) => {
    const named = decidingSlots(turn.named)
    // What is named is meant for the form, unless it stands in a question about something else.
    if (Object.keys(named).length > 0 && (isAnswer(turn) || picks(turn, asked))) {
      const { training: _, sure: __, wait: ______, wave: ___, from: ____, to: _____, ...rest } = slots
      return { ...rest, ...named }
    }
    if (asked !== 'sure' && asked !== 'wait') return undefined
    const waits = asked === 'wait' && waitingWord.test(turn.text) && !notWaiting.test(turn.text)
    const answer = waits ? 'yes' : yesOrNo(turn.text, turn.understanding)
    return answer ? { ...slots, [asked]: answer } : undefined
  },
  step: async (turn, slots) => {
    if (!turn.speaker) throw new Error('register needs a speaker')
    const speaker = await asApplicant(turn, turn.speaker)
    const waits = await thatWaits(turn, speaker)
    if (waits) return { done: [waits] }
    const chosen = slots['training'] ? await trainingByCode(turn.tx, String(slots['training'])) : undefined
    return chosen
      ? await stepWithTraining(turn, speaker, chosen, slots)
      : await chooseTraining(turn, speaker, slots)
  },
}

/** Who waits for staff with a registration is told so, and asked nothing. */
async function thatWaits(turn: Turn, { id, positions }: KnownPerson): Promise<Reply | undefined> {
  if (!positions.some(({ pending }) => pending)) return undefined
  const [own] = await registrationsOf(turn.tx, id, ['pending'])
  return own && { parts: pendingParts(own), choices: pendingChoices }
}

const waitingWord = /\b(tunggu|nunggu|menunggu|antri|antre|ngantri)\b/i
const notWaiting = /\?|\b(tidak|tdk|tak|gak|ga|gk|nggak|ngga|enggak|ndak|jangan|dulu|sebentar|bentar)\b/i

/** "kalau penuh masukkan daftar tunggu saja" */
export function wantsToWait(text: string): boolean {
  return (
    /\bpenuh\b.*\b(daftar tunggu|waiting list|antrian|antrean|tunggu)\b/i.test(text) && !notWaiting.test(text)
  )
}

/** What a message names, as slots. */
export function decidingSlots({ code, waves, during, track, area }: Named): Slots {
  if (code) return { training: code }
  const [wave] = waves ?? []
  return {
    ...(wave === undefined ? {} : { wave }),
    ...(during ? { from: during.from.toISOString(), to: during.to.toISOString() } : {}),
    ...(track ? { track } : {}),
    ...(area ? { area } : {}),
  }
}

const answering: ReadonlySet<Intent> = new Set([
  ...(['inform', 'register', 'affirm', 'deny', 'out_of_scope', 'change_session'] as const),
])
const shortAnswer = 5

function isAnswer({ understanding, text }: Turn): boolean {
  if (answering.has(understanding.intent)) return true
  return !text.includes('?') && understanding.confidence < 0.8 && text.split(/\s+/).length <= shortAnswer
}

/** "yang usaha bisa gak": where the classes are listed, a class is named to be chosen. */
function picks({ text, understanding: { intent } }: Turn, asked: string | undefined): boolean {
  return asked === 'training' && intent === 'replace_participant' && !/\b(di)?(ganti|wakil)/i.test(text)
}

type Judged = { training: FullTraining; refused: Refusal | undefined }

async function chooseTraining(turn: Turn, speaker: KnownPerson, slots: Slots): Promise<Step> {
  const asked = (await findTrainings(turn.tx, {})).filter((training) => fits(training, slots))
  const judged: Judged[] = []
  for (const training of asked) judged.push({ training, refused: await bestRefusal(turn, speaker, training) })
  const possible = preferred(
    judged.filter(({ refused }) => refused === undefined).map(({ training }) => training),
    slots,
  )
  const [only] = possible
  if (!only) return await nothingPossible(turn, speaker, judged, slots)
  if (possible.length === 1)
    return await stepWithTraining(turn, speaker, only, { ...slots, training: only.code })
  return {
    ask: 'training',
    slots,
    reply: {
      parts: [
        ...(await alreadyHas(turn, speaker)),
        say('register-choose', { name: speaker.name, count: possible.length }),
        ...possible.flatMap((training) => [
          say('training-head', { title: training.title, code: training.code }),
          whenLine(training),
          line('register-place-seats', trainingFacts(training)),
        ]),
      ],
      choices: possible.map((training) =>
        trainingChoice(training, { fills: 'training', value: training.code }),
      ),
    },
    again: [say('register-choose-again')],
  }
}

/** Whether a training is among those that the slots leave. */
export function fits(training: FullTraining, slots: Slots): boolean {
  const { wave, track, area, from, to } = slots
  if (wave !== undefined && training.waveNumber !== wave) return false
  if (track !== undefined && training.track !== track) return false
  if (area !== undefined && !training.areas.some((own) => overlap(own, String(area)))) return false
  if (from === undefined || to === undefined) return true
  const [first, last] = [new Date(from), new Date(to)]
  return training.sessions.some(({ starts, ends }) => starts <= last && ends >= first)
}

const overlap = (a: string, b: string): boolean => areaCovers(a, b) || areaCovers(b, a)

/** What was only spoken of wins where it is possible. */
function preferred(possible: FullTraining[], slots: Slots): FullTraining[] {
  const spoken = possible.filter(({ code }) => code === slots['about'])
  if (spoken.length > 0) return spoken
  const ofWave = possible.filter(({ waveNumber }) => waveNumber === slots['aboutWave'])
  return ofWave.length > 0 ? ofWave : possible
}

/** What the officer is registered for already, so that another class is no surprise. */
async function alreadyHas(turn: Turn, speaker: KnownPerson): Promise<Part[]> {
  const own = await registrationsOf(turn.tx, speaker.id)
  return own
    .filter(({ training }) => !isOver(training, turn.now))
    .map(({ training, number, state }) =>
      say('register-has', { title: training.title, code: training.code, number, state }),
    )
}

async function stepWithTraining(
  turn: Turn,
  speaker: KnownPerson,
  training: FullTraining,
  slots: Slots,
): Promise<Step> {
  const personId = speaker.id
  const judged: { position: Officer['position']; refused: Refusal | undefined }[] = []
  for (const position of speaker.positions)
    judged.push({ position, refused: await refusalFor(turn.tx, { personId, position }, training, turn.now) })
  const waiting = judged.find(({ refused }) => refused === 'full')
  const fitting = judged.filter(({ refused }) => refused === undefined).map(({ position }) => position)
  const [first] = fitting
  if (!first && waiting)
    return await stepWaiting(turn, speaker, { personId, position: waiting.position }, training, slots)
  if (!first)
    return {
      done: [await refusedReply(turn, speaker, training, judged[0]?.refused ?? 'wrong-role')],
    }
  const found = { ...slots, training: training.code }
  const position =
    fitting.find(({ id }) => id === slots['position']) ?? (fitting.length === 1 ? first : undefined)
  if (!position) return askPosition(fitting, found)
  if (slots['sure'] === 'no') return { done: [{ parts: [say('register-left')] }] }
  if (slots['sure'] !== 'yes') return await askSure(turn, speaker, position, training, found)
  return await finish(turn, speaker, { personId, position }, training, found)
}

function askPosition(fitting: Officer['position'][], slots: Slots): Step {
  return {
    ask: 'position',
    slots,
    reply: {
      parts: [say('register-position')],
      choices: fitting.map(({ id, title, cooperative }) => ({
        label: say('choice-position', { title, cooperative: cooperative.name }),
        value: { fills: 'position', value: id },
      })),
    },
  }
}

async function askSure(
  turn: Turn,
  speaker: KnownPerson,
  { title, cooperative }: Officer['position'],
  training: FullTraining,
  slots: Slots,
): Promise<Step> {
  const about = `register/${training.code}`
  const facts = { title: training.title, code: training.code }
  return {
    ask: 'sure',
    slots,
    reply: {
      parts: [
        ...(await alreadyHas(turn, speaker)),
        say('register-confirm', { name: speaker.name, title, cooperative: cooperative.name }),
        say('training-head', facts),
        whenLine(training),
        line('training-place', { venue: training.venue.name }),
        say('register-sure'),
      ],
      choices: yesNo(about),
      topic: { training: training.code, wave: training.waveNumber },
    },
    again: [say('register-sure-again', facts)],
    about,
  }
}

/** A full class: what else there is, and whether to wait for a seat in it. */
async function stepWaiting(
  turn: Turn,
  speaker: KnownPerson,
  officer: Officer,
  training: FullTraining,
  slots: Slots,
): Promise<Step> {
  if (slots['wait'] === 'no') return { done: [{ parts: [say('register-left')] }] }
  if (slots['wait'] !== 'yes') {
    const full = await refusedReply(turn, speaker, training, 'full')
    return {
      ask: 'wait',
      slots: { ...slots, training: training.code },
      reply: {
        parts: [
          ...full.parts,
          say('wait-ask', { code: training.code, count: await waitingCount(turn.tx, training.code) }),
        ],
        choices: [...yesNo(`wait/${training.code}`), ...(full.choices ?? [])],
        refused: { training: training.code, why: 'full' },
        topic: { training: training.code, wave: training.waveNumber },
      },
      again: [say('wait-ask-again', { code: training.code })],
      about: `wait/${training.code}`,
    }
  }
  if (officer.position.pending) return await finishRequest(turn, speaker, officer, training)
  const result = await joinWaitingList(turn.tx, officer, training.code, turn.now)
  if ('refused' in result)
    return { done: [await refusedReply(turn, speaker, result.training, result.refused)] }
  const place = (await placeOnList(turn.tx, result.waiting)) ?? 1
  return {
    done: [
      {
        parts: [
          say('waiting', {
            name: speaker.name,
            title: training.title,
            code: training.code,
            place,
            number: result.waiting.number,
          }),
          say('waiting-what-then'),
        ],
        topic: { training: training.code, wave: training.waveNumber },
      },
    ],
    did: result.waiting.id,
  }
}

async function finish(
  turn: Turn,
  speaker: KnownPerson,
  officer: Officer,
  training: FullTraining,
  slots: Slots,
): Promise<Step> {
  if (officer.position.pending) return await finishRequest(turn, speaker, officer, training)
  const result = await takeSeat(turn.tx, officer, training.code, turn.rules, turn.now)
  if ('refused' in result) {
    // Others were faster: what else there is, and the waiting list.
    if (result.refused === 'full') return await stepWaiting(turn, speaker, officer, result.training, slots)
    return { done: [await refusedReply(turn, speaker, result.training, result.refused)] }
  }
  turn.planned.push(...result.reminders)
  return { done: [await registeredReply(turn, speaker, result)], did: result.registered.id }
}

/** Who waits for staff gets a number and no seat. */
async function finishRequest(
  turn: Turn,
  speaker: KnownPerson,
  officer: Officer,
  { code, waveNumber }: FullTraining,
): Promise<Step> {
  const result = await applyForSeat(turn.tx, officer, code, turn.now)
  if ('refused' in result)
    return { done: [await refusedReply(turn, speaker, result.training, result.refused)] }
  const { applied, training, full } = result
  return {
    done: [
      {
        parts: [
          ...pendingParts({ ...applied, training }),
          ...(full ? [say('requested-full', { code })] : []),
          say('requested-what-then'),
        ],
        choices: pendingChoices,
        topic: { training: code, wave: waveNumber },
      },
    ],
    did: applied.id,
  }
}

async function registeredReply(
  turn: Turn,
  speaker: KnownPerson,
  result: { registered: { number: string }; training: FullTraining; reminders: unknown[] },
): Promise<Reply> {
  const { training } = result
  return {
    parts: [
      say('registered', { name: speaker.name, number: result.registered.number }),
      say('training-head', { title: training.title, code: training.code }),
      ...sessionLines(training),
      line('training-place', { venue: training.venue.name }),
      ...(result.reminders.length > 0 && !turn.contact.stoppedAt ? [say('registered-reminders')] : []),
      say('registered-cancel'),
    ],
    location: placeOf(training),
    ...(await calendarOf(turn, training)),
    topic: { training: training.code, wave: training.waveNumber },
  }
}

async function nothingPossible(
  turn: Turn,
  speaker: KnownPerson,
  judged: Judged[],
  slots: Slots,
): Promise<Step> {
  const refusedOnes = judged.flatMap(({ training, refused }) => (refused ? [{ training, refused }] : []))
  const spoken = refusedOnes.find(({ training }) => training.code === slots['about'])
  const [best] = refusedOnes.sort((a, b) => telling.indexOf(a.refused) - telling.indexOf(b.refused))
  const told = spoken ?? best
  if (told?.refused === 'full') return await stepWithTraining(turn, speaker, told.training, slots)
  if (told) return { done: [await refusedReply(turn, speaker, told.training, told.refused)] }
  const wave = slots['wave']
  return {
    done: [
      {
        parts: [wave === undefined ? say('register-none-such') : say('wave-unknown', { wave })],
        choices: [{ label: say('choice-schedule'), value: { asks: 'schedule_list' } }],
      },
    ],
  }
}
