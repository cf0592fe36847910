import type { Choice } from '../../delivery/content.ts'
import type { Part } from '../../texts.ts'
import type { Reply, Turn } from '../reply.ts'
import type { FormName, Slots } from '../state.ts'

/** What a form does next. */
export type Step =
  /**
   * Asks for a slot; the slots found on the way are kept. `again` are the words for asking the same once more,
   * after a question in between.
   */
  | {
      ask: string
      reply: Reply
      slots: Slots
      again?: Part[]
      /** What a yes or no is about. */
      about?: string
    }
  /** Must know first who speaks, and that they have consented; goes on with these slots. */
  | { identify: true; slots: Slots }
  /** Another form takes over; `before` comes ahead of what that says. */
  | { next: FormName; slots: Slots; before?: Part[] }
  /** Has ended, with these messages; `did` is the id of what it wrote and a correction right after it takes back. */
  | { done: Reply[]; did?: number }

export type Form = {
  /** Whether it must be known who speaks before its first step; see isKnownEnough of speaker.ts. */
  personal: boolean | ((slots: Slots) => boolean)
  /** Said when the officer leaves it. */
  left: string
  /** Takes from a message what fits; `asked` is the slot that was asked for last. Undefined: nothing fitted. */
  fill(turn: Turn, slots: Slots, asked: string | undefined): Promise<Slots | undefined>
  step(turn: Turn, slots: Slots): Promise<Step>
}

/** Yes and no as choices that answer this question only, whenever they are pressed. */
export function yesNo(about: string): Choice[] {
  return [
    { label: { key: 'choice-yes' }, value: { answers: 'yes', about } },
    { label: { key: 'choice-no' }, value: { answers: 'no', about } },
  ]
}
