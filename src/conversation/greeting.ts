import type { IncomingContent } from '../channels/channel.ts'
import type { Tx } from '../database/client.ts'
import type { Contact, IncomingMessage } from '../database/generated/client.ts'
import { second } from '../time.ts'
import type { Understanding } from '../understanding/understand.ts'

/** So long a bare greeting waits for the question that follows it (design: "Dialogue"). */
const questionFollows = 2 * second
const longestGreeting = 60
const surelyGreeting = 0.5

/** What of a contact's stands open; see oldestUnanswered in inbox.ts. */
type Standing = { outgoing: { id: number }[]; handOvers: { id: number }[] }

export type WithContact = IncomingMessage & { contact: Contact & Standing }

/** What a stored message says as text; '' for what is none. */
export function textOf({ content }: IncomingMessage): string {
  const held = content as IncomingContent
  return held.kind === 'text' ? held.text : ''
}

/** Whether a message says nothing but a greeting. */
export function isGreeting(message: IncomingMessage, { intent, also, confidence }: Understanding): boolean {
  const text = textOf(message)
  if (text === '' || text.length > longestGreeting || text.includes('?')) return false
  return intent === 'greet' && also.length === 0 && confidence >= surelyGreeting
}

/** For how many ms the answer to a greeting is put off still. */
export function timeLeft({ receivedAt }: IncomingMessage, waits = questionFollows, now: Date): number {
  return waits - (now.getTime() - receivedAt.getTime())
}

/** What the same contact wrote next, of what waits for its answer in order, if that is text. */
export function messageAfter(waiting: WithContact[], { id }: IncomingMessage): WithContact | undefined {
  const next = waiting.find((each) => each.id > id)
  return next && textOf(next) !== '' && next.nextTryAt === null ? next : undefined
}

/** Notes that a greeting is answered with the question that follows it. */
export async function answeredWithNext(tx: Tx, { id }: IncomingMessage, now: Date): Promise<void> {
  await tx.incomingMessage.update({
    where: { id },
    data: { state: 'answered', answeredAt: now, intent: 'greet' },
  })
}
