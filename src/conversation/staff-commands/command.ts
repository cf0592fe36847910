import type { StaffRole } from '../../database/generated/enums.ts'
import type { Choice } from '../../delivery/content.ts'
import type { StaffMember } from '../../staff/members.ts'
import { type Part, say } from '../../texts.ts'
import type { Quoted, Reply, Turn } from '../reply.ts'
import type { OpenCommand, Slots } from '../state.ts'

/** A turn of somebody who is staff. */
export type StaffTurn = Turn & { staff: StaffMember }

/** What staff can do in their own chat by a word with a slash: one file each. */
export type StaffCommand = {
  /** Without its slash, as are its other names. */
  name: string
  also?: string[]
  /** Who may use it; an admin may use everything. */
  who: StaffRole
  /** Key of the line that says what it does. */
  help: string
  /** What its choice under the list of commands is labelled with; without it, it is not offered there. */
  label?: Part
  /** The command is written; `words` stand behind it. To wait for an answer it sets the state's `command`. */
  run(turn: StaffTurn, words: string): Promise<Reply[]>
  /**
   * A message while the command waits: text, or a document. Undefined when it says nothing to it; then it is answered
   * as anybody's, and the command goes on waiting.
   */
  answer?(turn: StaffTurn, open: OpenCommand): Promise<Reply[] | undefined>
  /** What it waits for is asked again, after something else was answered. */
  again?(turn: StaffTurn, open: OpenCommand): Promise<Reply[]>
  /** One of its choices, also of a message that is long past: see `does`. */
  press?(turn: StaffTurn, does: string, given: Slots): Promise<Reply[]>
  /** A reply to a message of the bot's. Undefined when that was none of the command's. */
  quoted?(turn: StaffTurn, quoted: Quoted): Promise<Reply[] | undefined>
}

/** A choice that makes a command do something. */
export function does(label: Part, command: string, what: string, given?: Slots): Choice {
  return { label, value: { command, does: what, ...(given ? { given } : {}) } }
}

/** The command waits for what it asks for. */
export function waitFor(turn: Turn, name: string, asked: string, slots: Slots): void {
  turn.state.command = { name, asked, slots, touched: turn.now.toISOString() }
}

/** The choice that leaves whatever command is open. */
export const leaveChoice: Choice = { label: say('choice-staff-leave'), value: { command: '', does: 'leave' } }
