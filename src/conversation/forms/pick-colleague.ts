import type { Choice } from '../../delivery/content.ts'
import type { FullTraining } from '../../programme/trainings.ts'
import { type Colleague, type Judged, judgeColleague } from '../../registration/colleagues.ts'
import type { Given } from '../../registration/eligibility.ts'
import { type Part, say } from '../../texts.ts'
import { readEntities } from '../../understanding/entities/entities.ts'
import type { Position } from '../../understanding/entities/mention.ts'
import { isAnswerAlone } from '../choices.ts'
import { colleagueMeant } from '../colleague-named.ts'
import { trainingFacts } from '../describe.ts'
import { menu, type Turn } from '../reply.ts'
import type { Refused, Slots } from '../state.ts'
import type { Step } from './form.ts'

/** So many colleagues fit on a phone's screen as choices. */
const mostChoices = 8
/** Longest part of a message that is kept to find the colleague in when the speaker is known. */
const longestNaming = 300

export type Fitting = { colleague: Colleague; judged: Judged }

/** For which place colleagues are judged; without a training all of them fit. */
export type Place = { training: FullTraining; given: Given } | undefined

export type PickTexts = {
  /** The question who it is. */
  ask: Part
  /** Said when none of them can go. */
  nobody: Part
  /** Choices beside the colleagues, before them. */
  before?: Choice[]
}

/** The words in which somebody is named, kept as a slot until it is known who speaks and whose colleagues are meant. */
export function namingSlots(text: string): Slots {
  return { who: text.slice(0, longestNaming) }
}

/** The slots after a message that names a colleague, or any name where that was asked; undefined if it does not. */
export function fillColleague(
  turn: Turn,
  colleagues: Colleague[],
  slots: Slots,
  asked: string | undefined,
): Slots | undefined {
  const isAnswer = asked === 'colleague' && isShortAnswer(turn)
  const meant = colleagueMeant(turn.text, turn.understanding, colleagues, turn.speaker, isAnswer)
  if (!meant && asked === 'colleague' && (isAnswer ? saysWho(turn) : doesNotKnow.test(turn.text)))
    return { ...withoutColleague(slots), unfit: 'yes' }
  if (!meant || ('unknownName' in meant && asked !== 'colleague' && !saysOtherwise.test(turn.text)))
    return undefined
  const rest = withoutColleague(slots)
  if ('one' in meant) return { ...rest, colleague: meant.one.id }
  return { ...rest, ...namingSlots(turn.text), ...(isAnswer ? { answer: 'yes' } : {}) }
}

function withoutColleague(slots: Slots): Slots {
  const { colleague: _, who: __, answer: ___, sure: ____, unfit: _____, ...rest } = slots
  return rest
}

/** "keponakan saya", "tidak tahu": nothing but an answer, though none that fits. */
function saysWho({ text, understanding: { intent } }: Turn): boolean {
  return (intent === 'inform' || intent === 'out_of_scope') && /\p{L}{3}/u.test(text) && !isAnswerAlone(text)
}

const doesNotKnow =
  /^[^?]*\b(((tidak|tdk|tak|ga|gak|gk|nggak|ngga|ndak|ora|belum|blm|kurang) (tau|tahu|tw|ngerti|hafal))|lupa)\b[^?]*$/i

const saysOtherwise = /\b(salah|maksud\w*|ganti|diganti\w*|bukan|ralat)\b/i
const longestName = 4

function isShortAnswer({ text, understanding }: Turn): boolean {
  if (text.includes('?') || text.trim().split(/\s+/).length > longestName) return false
  return ['inform', 'out_of_scope', 'greet', 'affirm'].includes(understanding.intent)
}

/** The colleague whom the slots mean if they fit the place; else the step that asks, with the reason. */
export async function pickColleague(
  turn: Turn,
  slots: Slots,
  colleagues: Colleague[],
  place: Place,
  texts: PickTexts,
): Promise<Fitting | { step: Step }> {
  const meant = meantBySlots(turn, slots, colleagues)
  if (meant && 'one' in meant) {
    const judged = await judge(turn, meant.one, place)
    const why = judged?.refused
    if (judged && (why === undefined || why === 'full')) return { colleague: meant.one, judged }
    return refusing(
      await ask(turn, slots, colleagues, place, texts, [refusal(meant.one, why, place)]),
      place && why && { training: place.training.code, why, name: meant.one.name },
    )
  }
  if (meant && 'several' in meant) return await askSeveral(turn, slots, meant.several, place, texts)
  const { unfit, ...kept } = slots
  if (!meant && !unfit) return await ask(turn, slots, colleagues, place, texts, [])
  const missed = Number(slots['missed'] ?? 0) + 1
  return await ask(turn, { ...kept, missed }, colleagues, place, texts, [whyNone(meant)])
}

function whyNone(meant: { unknownName: string } | { unknownOffice: Position } | undefined): Part {
  if (!meant) return say('colleague-not-found')
  return 'unknownName' in meant
    ? say('colleague-unknown', { name: meant.unknownName })
    : say('colleague-no-office', { title: meant.unknownOffice })
}

/** So often none of the cooperative's is named, what is possible is said. */
const oftenMissed = 2
/** Stands in the place of the colleague's id for somebody who is on no list. */
export const newPerson = 'new'

/** How somebody who is on no list gets a seat. */
export function toldOfNewPerson(): Step {
  const askStaff = { label: say('choice-ask-staff'), value: { asks: 'contact_staff' } }
  return { done: [{ parts: [say('colleague-new')], choices: [askStaff, ...menu.slice(0, 2)] }] }
}

/** What is asked again because of a rule, with that for who asks why. */
function refusing({ step }: { step: Step }, refused: Refused | undefined): { step: Step } {
  if (!refused) return { step }
  if ('ask' in step) return { step: { ...step, reply: { ...step.reply, refused } } }
  return 'done' in step
    ? { step: { ...step, done: step.done.map((reply) => ({ ...reply, refused })) } }
    : { step }
}

function meantBySlots(turn: Turn, slots: Slots, colleagues: Colleague[]) {
  const chosen = colleagues.find(({ id }) => id === slots['colleague'])
  if (chosen) return { one: chosen }
  if (slots['who'] === undefined) return undefined
  // The words may be of an earlier message.
  const said = String(slots['who'])
  return colleagueMeant(
    said,
    readEntities(said, turn.now),
    colleagues,
    turn.speaker,
    slots['answer'] === 'yes',
  )
}

async function judge(turn: Turn, colleague: Colleague, place: Place): Promise<Judged | undefined> {
  const [position] = colleague.positions
  if (!place) return position && { position, refused: undefined }
  return await judgeColleague(turn.tx, colleague, place.training, turn.now, place.given)
}

function refusal({ name }: Colleague, why: Judged['refused'], place: Place): Part {
  const facts = place ? trainingFacts(place.training) : { title: '', code: '' }
  return say('colleague-cannot', {
    ...{ name, why: why ?? 'none', title: facts.title, code: facts.code },
    cap: place?.training.perCooperative ?? 0,
  })
}

async function askSeveral(
  turn: Turn,
  slots: Slots,
  meant: Colleague[],
  place: Place,
  texts: PickTexts,
): Promise<{ step: Step }> {
  const why = await Promise.all(meant.map((colleague) => judge(turn, colleague, place)))
  const fitting = meant.filter((_, index) => {
    const refused = why[index]?.refused
    return refused === undefined || refused === 'full'
  })
  return fitting.length === 0
    ? {
        step: {
          done: [
            {
              parts: [
                ...meant.map((colleague, index) => refusal(colleague, why[index]?.refused, place)),
                texts.nobody,
              ],
            },
          ],
        },
      }
    : await ask(turn, slots, fitting, place, texts, [say('colleague-several')])
}

async function ask(
  turn: Turn,
  slots: Slots,
  colleagues: Colleague[],
  place: Place,
  texts: PickTexts,
  before: Part[],
): Promise<{ step: Step }> {
  const fitting: Fitting[] = []
  for (const colleague of colleagues) {
    const judged = await judge(turn, colleague, place)
    if (judged && (judged.refused === undefined || judged.refused === 'full'))
      fitting.push({ colleague, judged })
  }
  if (fitting.length === 0) return { step: { done: [{ parts: [...before, texts.nobody] }] } }
  const shown = fitting.slice(0, mostChoices)
  const lost = Number(slots['missed'] ?? 0) >= oftenMissed
  const question = lost ? say('colleague-possible') : texts.ask
  return {
    step: {
      ask: 'colleague',
      slots: withoutColleague(slots),
      reply: {
        parts: [
          ...before,
          question,
          ...(fitting.length > shown.length
            ? [say('colleague-more', { count: fitting.length - shown.length })]
            : []),
        ],
        choices: [
          ...(texts.before ?? []),
          ...shown.map(({ colleague, judged }) => ({
            label: say('choice-colleague', { name: colleague.name, title: judged.position.title }),
            value: { fills: 'colleague', value: colleague.id },
          })),
          ...(lost
            ? [{ label: say('choice-new-person'), value: { fills: 'colleague', value: newPerson } }]
            : []),
        ],
      },
      again: [question],
    },
  }
}
