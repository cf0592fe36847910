import type { KnownPerson } from '../contacts/contacts.ts'
import { type FullTraining, findTrainings, freeSeats, isCalledOff, stageOf } from '../programme/trainings.ts'
import { whenLine } from '../programme/when.ts'
import { isMeantFor, type Refusal, refusalFor } from '../registration/eligibility.ts'
import { registrationsOf } from '../registration/own.ts'
import { requestQuestion, requestsTo } from '../registration/request.ts'
import { line, type Part, say } from '../texts.ts'
import { trainingChoice, trainingFacts } from './describe.ts'
import type { Reply, Turn } from './reply.ts'

/** The least final reason among a person's positions; undefined when one of them may register. */
export async function bestRefusal(
  turn: Turn,
  speaker: KnownPerson,
  training: FullTraining,
): Promise<Refusal | undefined> {
  let last: Refusal | undefined = 'wrong-role'
  for (const position of speaker.positions) {
    last = await refusalFor(turn.tx, { personId: speaker.id, position }, training, turn.now)
    if (last === undefined) return undefined
  }
  return last
}

/** Reasons in the order in which they tell an officer most about why nothing is possible. */
export const telling: Refusal[] = [
  'already-registered',
  'full',
  'cooperative-cap',
  'overlap',
  'track-completed',
  'called-off',
  'not-open-yet',
  'begun',
  'closed',
  'wrong-role',
  'wrong-area',
]

/** Which rule refuses, and what is possible instead. */
export async function refusedReply(
  turn: Turn,
  speaker: KnownPerson,
  training: FullTraining,
  refused: Refusal,
): Promise<Reply> {
  const parts = refusedParts(training, refused)
  const told = { training: training.code, why: refused }
  if (refused === 'already-registered')
    return { ...(await heldReply(turn, speaker, training, parts)), refused: told }
  const instead = await alternatives(turn, speaker, training)
  const tell = {
    label: say('choice-tell', { wave: training.waveNumber }),
    value: { tells: training.waveNumber },
  }
  return {
    parts: [...parts, ...insteadParts(instead, refused)],
    refused: told,
    choices: [
      ...(refused === 'not-open-yet' ? [tell] : []),
      ...instead.open.map((each) => trainingChoice(each, { asks: 'register', training: each.code })),
    ],
  }
}

/** The rule that refuses, in words. */
export function refusedParts(training: FullTraining, refused: Refusal): Part[] {
  const facts = {
    ...trainingFacts(training),
    opens: training.wave.opens.toISOString(),
    closes: training.wave.closes.toISOString(),
    cap: training.perCooperative ?? 0,
    roles: training.roles.join(', '),
  }
  return [say(`refused-${refused}`, facts), ...(refused === 'not-open-yet' ? [whenLine(training)] : [])]
}

/** What the officer has in that track already; a colleague's question to them, if that is what it is. */
async function heldReply(
  turn: Turn,
  speaker: KnownPerson,
  { track }: FullTraining,
  parts: Part[],
): Promise<Reply> {
  const own = (await registrationsOf(turn.tx, speaker.id)).find((each) => each.track === track)
  const asked = own && (await requestsTo(turn.tx, [speaker.id], turn.now)).find(({ id }) => id === own.id)
  if (asked) return requestQuestion(asked, turn.persons.length > 1)
  const held = own
    ? [
        say('refused-own', {
          ...{ number: own.number, title: own.training.title, code: own.trainingCode, state: own.state },
        }),
        whenLine(own.training),
      ]
    : []
  return {
    parts: [...parts, ...held],
    choices: [
      { label: say('choice-my-schedule'), value: { asks: 'my_schedule' } },
      { label: say('choice-cancel'), value: { asks: 'cancel_registration' } },
    ],
  }
}

type Alternatives = { open: FullTraining[]; toCome: FullTraining[] }

function insteadParts({ open, toCome }: Alternatives, refused: Refusal): Part[] {
  if (open.length > 0) return [say('instead-open'), ...open.flatMap(alternativeLines)]
  if (toCome.length > 0) return [say('instead-to-come'), ...toCome.map(toComeLine)]
  return refused === 'not-open-yet' ? [] : [say('instead-nothing')]
}

function alternativeLines(training: FullTraining): Part[] {
  return [line('instead-line', { ...trainingFacts(training), free: freeSeats(training) }), whenLine(training)]
}

function toComeLine({ title, code, waveNumber, wave }: FullTraining): Part {
  return line('instead-to-come-line', { title, code, wave: waveNumber, opens: wave.opens.toISOString() })
}

/** Other trainings that this officer could take now, and those for them in waves that are still to open. */
async function alternatives(turn: Turn, speaker: KnownPerson, not: FullTraining): Promise<Alternatives> {
  const held = new Set((await registrationsOf(turn.tx, speaker.id)).map(({ track }) => track))
  const open: FullTraining[] = []
  const toCome: FullTraining[] = []
  for (const training of await findTrainings(turn.tx, {})) {
    if (training.code === not.code) continue
    const refused = await bestRefusal(turn, speaker, training)
    if (refused === undefined) open.push(training)
    else if (isToCome(turn, training) && isMeantFor(speaker.positions, training) && !held.has(training.track))
      toCome.push(training)
  }
  return { open: open.slice(0, 4), toCome: toCome.slice(0, 3) }
}

function isToCome(turn: Turn, training: FullTraining): boolean {
  return stageOf(training.wave, turn.now) === 'to-come' && !isCalledOff(training)
}
