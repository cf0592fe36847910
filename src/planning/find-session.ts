import type { Tx } from '../database/client.ts'
import type { Session, Training } from '../database/generated/client.ts'
import { lockToReopen } from '../registration/completion.ts'
import { nearest, readCode } from './nearest.ts'

/** A session with its training and all sessions of that, by start. */
export type FoundSession = Session & { training: Training & { sessions: Session[] } }

/** Why a session cannot be found, moved or cancelled. */
export type SessionRefusal =
  | { refused: 'unknown-training'; likely: string[] }
  /** There is no such session of this training. */
  | { refused: 'unknown-session'; sessions: Session[] }
  /** The training has several (or no) sessions, and none was named. */
  | { refused: 'which-session'; sessions: Session[] }
  | { refused: 'already-cancelled'; session: Session; since: Date }
  | { refused: 'over'; session: Session }
  | { refused: 'in-the-past' }
  | { refused: 'too-far' }
  | { refused: 'same-time'; session: Session }
  /** It would be held together with this session of the same training. */
  | { refused: 'overlap'; with: Session }

/** What a session is called outside: `G3-A/1`. */
export function sessionName({ trainingCode, key }: Pick<Session, 'trainingCode' | 'key'>): string {
  return `${trainingCode}/${key}`
}

/**
 * The session that a name such as `G3-A/1` means, in any letter case and without hyphens too; the training's code
 * alone if it has one session. Locks the training and whoever has an outcome in it, so that what was found holds
 * until the transaction ends.
 */
export async function findSession(tx: Tx, name: string): Promise<FoundSession | SessionRefusal> {
  const { code, known } = await trainingNamed(tx, name)
  if (known.includes(code)) await lockToReopen(tx, [code])
  return await readSession(tx, name)
}

async function trainingNamed(tx: Tx, name: string): Promise<{ code: string; key: string; known: string[] }> {
  const [written = '', ...rest] = name.replaceAll('\0', '').toUpperCase().replace(/\s+/g, '').split('/')
  const known = (await tx.training.findMany({ select: { code: true }, orderBy: { code: 'asc' } })).map(
    (each) => each.code,
  )
  return { code: readCode(written, known), key: rest.join('/'), known }
}

/** The same as it is at the moment, without a lock. */
export async function readSession(tx: Tx, name: string): Promise<FoundSession | SessionRefusal> {
  const { code, key, known } = await trainingNamed(tx, name)
  if (!known.includes(code)) return { refused: 'unknown-training', likely: nearest(code, known) }
  const training = await tx.training.findUniqueOrThrow({
    where: { code },
    include: { sessions: { orderBy: [{ starts: 'asc' }, { id: 'asc' }] } },
  })
  const { sessions } = training
  const session = key === '' && sessions.length === 1 ? sessions[0] : withKey(sessions, key)
  if (session) return { ...session, training }
  return { refused: key === '' ? 'which-session' : 'unknown-session', sessions }
}

function withKey(sessions: Session[], key: string): Session | undefined {
  const same = sessions.filter((each) => each.key.toUpperCase() === key)
  return same.length === 1 ? same[0] : undefined
}
