import type { ChoiceValue } from '../../delivery/content.ts'
import { staffOf } from '../../staff/members.ts'
import { say } from '../../texts.ts'
import { chosen } from '../choices.ts'
import { menu, type Reply, type Turn } from '../reply.ts'
import { withoutChoices } from '../respond.ts'
import { type OpenCommand, sitting } from '../state.ts'
import type { StaffCommand, StaffTurn } from './command.ts'
import { mayUse } from './help.ts'
import { commandNamed, staffCommands } from './list.ts'
import { commandMeant, mayBePlain, plainCommand } from './misspelt.ts'
import { wordsOfSession } from './which-session.ts'

export type CommandValue = Extract<ChoiceValue, { command: string }>

/** `/pindah@bimtek_bot G3-A/1 …`: the word, and what stands behind it. */
const written = /^\s*\/([a-z]{2,20})(?:@\w+)?(?:\s+([\s\S]*))?$/i
const leaveWord =
  /^\W*(batal|keluar|cancel|(ga|gak|nggak|tidak|tdk|tak) (usah|jadi))( aja| saja| dulu| pak| bu| min)*\W*$/i

/**
 * What a message comes to as a command of staff. Undefined when it is none, or when its writer is no staff: then it is
 * answered as anybody's, as if there were no commands.
 */
export async function respondToStaff(
  turn: Turn,
  pressed: ChoiceValue | undefined,
): Promise<Reply[] | undefined> {
  dropOldCommand(turn)
  const text = textOf(turn)
  const named = written.exec(text)
  const byButton = pressed && 'command' in pressed ? pressed : undefined
  const { command: open, choices } = turn.state
  const hasChoices = choices.some(({ value }) => 'command' in value)
  const isPlain = mayBePlain(text)
  if (!named && !byButton && !open && !turn.quoted && !hasChoices && !isPlain) return undefined
  const staff = await isStaff(turn)
  if (!staff) return undefined
  if (byButton) return await press(staff, byButton)
  if (turn.content.kind === 'button') return undefined
  const command = named && commandMeant(named[1] ?? '')
  if (command) return await runWritten(staff, command, named?.[2]?.trim() ?? '')
  const quoted = turn.quoted && (await answerQuoted(staff, turn.quoted))
  if (quoted) return quoted
  if (open && leaveWord.test(text)) return leave(turn)
  const answered = open && (await answerOpen(staff, open))
  if (answered) return answered
  const inPlain = isPlain ? await plainCommand(staff, text) : undefined
  if (inPlain) return await runWritten(staff, inPlain.command, inPlain.words)
  const choice = hasChoices ? chosen(text, turn.understanding, choices) : undefined
  return choice && 'command' in choice.value ? await press(staff, choice.value) : undefined
}

async function answerOpen(turn: StaffTurn, open: OpenCommand): Promise<Reply[] | undefined> {
  const command = commandNamed(open.name)
  const session = await wordsOfSession(turn, open)
  return session === undefined ? await command?.answer?.(turn, open) : await command?.run(turn, session)
}

/** A choice that belongs to a command, named by its number or label; nothing to anybody else. */
export async function respondToCommandChoice(turn: Turn, value: CommandValue): Promise<Reply[]> {
  const staff = await isStaff(turn)
  return staff ? await press(staff, value) : unknownChoice()
}

/** After something else was answered, an open command asks again what it waits for; a form takes its place. */
export async function goOnWithCommand(turn: Turn, before: OpenCommand | undefined, replies: Reply[]) {
  const { command: open, form } = turn.state
  if (!open || open !== before || turn.erased) return replies
  if (form) {
    delete turn.state.command
    return replies
  }
  const staff = await isStaff(turn)
  const again = (staff && (await commandNamed(open.name)?.again?.(staff, open))) ?? []
  return again.length > 0 ? [...replies.map(withoutChoices), ...again] : replies
}

/** Who is no staff any more loses an open command, and what it asked, in the same moment. */
async function isStaff(turn: Turn): Promise<StaffTurn | undefined> {
  const staff = await staffOf(turn.tx, turn.contact)
  if (staff) return Object.assign(turn, { staff })
  delete turn.state.command
  turn.state.choices = turn.state.choices.filter(({ value }) => !('command' in value))
  return undefined
}

function textOf({ content, text }: Turn): string {
  return 'caption' in content ? (content.caption ?? '') : text
}

/** What was asked long ago is neither answered by a yes of today nor chosen by its number; its buttons stay. */
function dropOldCommand({ state, now }: Turn): void {
  if (state.command && now.getTime() - Date.parse(state.command.touched) > sitting) delete state.command
  if (state.heard && now.getTime() - Date.parse(state.heard) <= sitting) return
  state.choices = state.choices.filter(({ value }) => !('command' in value))
}

async function runWritten(
  turn: StaffTurn,
  command: StaffCommand,
  words: string,
): Promise<Reply[] | undefined> {
  if (!mayUse(turn.staff.role, command)) return [{ parts: [say('staff-not-allowed')] }]
  // "/batal" alone leaves what is open, as "batal" does.
  if (words === '' && command.name === 'batal') {
    if (turn.state.command) return leave(turn)
    if (turn.state.form) return undefined
  }
  delete turn.state.command
  return await command.run(turn, words)
}

async function press(turn: StaffTurn, { command: name, does, given = {} }: CommandValue): Promise<Reply[]> {
  if (name === '') return leave(turn)
  const command = commandNamed(name)
  if (!command) return unknownChoice()
  if (!mayUse(turn.staff.role, command)) return [{ parts: [say('staff-not-allowed')] }]
  if (does === 'run') {
    delete turn.state.command
    return await command.run(turn, '')
  }
  return (await command.press?.(turn, does, given)) ?? unknownChoice()
}

async function answerQuoted(turn: StaffTurn, quoted: NonNullable<Turn['quoted']>) {
  for (const command of staffCommands) {
    if (!command.quoted || !mayUse(turn.staff.role, command)) continue
    const replies = await command.quoted(turn, quoted)
    if (replies) return replies
  }
  return undefined
}

function leave(turn: Turn): Reply[] {
  const wasOpen = turn.state.command !== undefined
  delete turn.state.command
  return [{ parts: [say(wasOpen ? 'staff-left' : 'staff-nothing-open')] }]
}

function unknownChoice(): Reply[] {
  return [{ parts: [say('button-unknown')], choices: menu }]
}
