import { z } from 'zod'
import type { ChoiceValue } from '../delivery/content.ts'
import type { Refusal } from '../registration/eligibility.ts'
import { minute } from '../time.ts'

/** What was spoken of last; it carries over to the next question of the same sitting. */
const topic = z.object({
  wave: z.number().int().optional(),
  training: z.string().optional(),
  area: z.string().optional(),
})

const form = z.object({
  name: z.enum([
    ...(['identify', 'introduce', 'register', 'cancel', 'change', 'profile', 'check-in'] as const),
    ...(['substitute', 'colleague', 'accept'] as const),
    ...(['free-seat', 'reminders'] as const),
    ...(['copy', 'erase', 'withdraw', 'unsubscribe'] as const),
  ]),
  slots: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The slot that was asked for last. */
  asked: z.string().optional(),
  /** What the yes or no that was asked for last is about. */
  about: z.string().optional(),
  /** What goes on when an `identify` is done. */
  waiting: z.string().optional(),
  /** When the officer last said something to it, ISO 8601. */
  touched: z.string(),
})

/** A form that has ended with something done. */
const finished = z.object({
  form,
  /** Id of what it wrote: a registration, or a wish to have data changed. */
  did: z.number().int(),
})

/** A rule that stood against somebody in a class. */
const refused = z.object({
  training: z.string(),
  why: z.custom<Refusal>((value) => typeof value === 'string'),
  /** The colleague's; absent for who speaks. */
  name: z.string().optional(),
})

/** What a staff member's command waits for. */
const command = z.object({
  name: z.string(),
  slots: z.record(z.string(), z.union([z.string(), z.number()])),
  asked: z.string(),
  /** When it asked, ISO 8601. */
  touched: z.string(),
})

const choice = z.object({ label: z.string(), value: z.custom<ChoiceValue>() })

const state = z.object({
  topic: topic.default({}),
  /** When the officer last wrote, ISO 8601. */
  heard: z.string().optional(),
  form: form.optional(),
  /** One that its officer left lying for a sitting, and may go on with. */
  asleep: form.optional(),
  /** One that the last turn brought to its end: a correction right after it goes on from there. */
  finished: finished.optional(),
  /** What the last turn refused: "kenapa?" right after it asks for the reason. */
  refused: refused.optional(),
  /** Of a staff member: the command that waits for an answer. */
  command: command.optional(),
  /** The newest numbered list, as it was shown. */
  choices: z.array(choice).default([]),
  /** Which person of a shared number speaks in this sitting. */
  speaker: z.object({ id: z.number().int(), at: z.string() }).optional(),
  /** When attendance codes were tried that there are not, in the last hour; ISO 8601. */
  wrongCodes: z.array(z.string()).default([]),
  /** Whether the bot has said who it is. */
  introduced: z.boolean().default(false),
  /** How many messages in a row the bot did not understand. */
  misunderstood: z.number().int().default(0),
  /** The hand-over whose officer was told that what they write waits for staff. */
  waitsTold: z.number().int().optional(),
  /** The hand-over for which the bot kept quiet last. */
  quietFor: z.number().int().optional(),
  /** Names given on that day (WIB) that fit nobody, while the name must be confirmed. */
  wrongNames: z.object({ day: z.string(), count: z.number().int() }).optional(),
})

export type Topic = z.infer<typeof topic>
export type FormState = z.infer<typeof form>
export type Refused = z.infer<typeof refused>
export type Finished = z.infer<typeof finished>
export type FormName = FormState['name']
export type OpenCommand = z.infer<typeof command>
export type Slots = FormState['slots']
export type ShownChoice = z.infer<typeof choice>
export type State = z.infer<typeof state>

/** After so much silence a sitting is over: the topic ends, a form sleeps, and who speaks on a shared number is asked again. */
export const sitting = 30 * minute

/** The stored state of a conversation; one that an older version wrote and that does not fit any more is begun anew. */
export function readState(stored: unknown): State {
  const parsed = state.safeParse(stored)
  return parsed.success ? parsed.data : state.parse({})
}
