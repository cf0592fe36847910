import { sessionName } from '../../planning/find-session.ts'
import { type SessionStatus, sessionStatus, type Told } from '../../planning/session-status.ts'
import { line, type Part, say } from '../../texts.ts'
import type { Reply } from '../reply.ts'
import { bounded, callList, personLine, type ToCall, whyNots } from './call-list.ts'
import { does, type StaffTurn } from './command.ts'
import { sessionRefused } from './which-session.ts'

type Stage = 'read' | 'notRead' | 'underWay' | 'toCall'

/** How far the newest change of a session has come to whom it concerns, and whom to call. */
export async function whoHasRead(turn: StaffTurn, name: string): Promise<Reply[]> {
  const status = await sessionStatus(turn.tx, name)
  if ('refused' in status) return sessionRefused(turn, status, name, { command: 'pindah', what: 'status' })
  const { session, changedAt, untold, told } = status
  const facts = { session: sessionName(session), title: session.title, starts: session.starts.toISOString() }
  const head = say(session.cancelledAt ? 'staff-status-cancelled' : 'staff-status-head', facts)
  if (!changedAt && !untold) return [{ parts: [head, line('staff-status-unchanged')] }]
  const by = (stage: Stage) => told.filter((each) => stageOf(each, untold) === stage)
  const parts: Part[] = [
    head,
    ...changedLine(status),
    say('staff-status-read', { count: by('read').length, all: told.length }),
    ...bounded(by('read'), personLine),
    ...listed(by('notRead'), 'staff-status-not-read'),
    ...listed(by('underWay'), 'staff-status-under-way'),
  ]
  const again = does(say('choice-staff-refresh'), 'pindah', 'status', { session: sessionName(session) })
  return [{ parts }, ...(await calls(turn, status, by('toCall')))].map((reply, at, all) =>
    at === all.length - 1 ? { ...reply, choices: [again] } : reply,
  )
}

function changedLine({ changedAt, untold }: SessionStatus): Part[] {
  if (untold) return [line('staff-status-untold')]
  return changedAt ? [line('staff-status-changed', { at: changedAt.toISOString() })] : []
}

function stageOf({ message }: Told, untold: boolean): Stage {
  if (untold) return 'toCall'
  switch (message) {
    case 'read':
      return 'read'
    case 'sent':
    case 'delivered':
      return 'notRead'
    case 'queued':
    case 'sending':
      return 'underWay'
    default:
      return 'toCall'
  }
}

function listed(those: Told[], key: string): Part[] {
  return those.length === 0 ? [] : [say(key, { count: those.length }), ...bounded(those, personLine)]
}

async function calls(turn: StaffTurn, { session }: SessionStatus, those: Told[]): Promise<Reply[]> {
  const { tx, texts, contact, now } = turn
  const toCall: ToCall[] = those.map((each) => ({ ...each, why: whyOf(each) }))
  return await callList(tx, say('staff-to-call', { count: toCall.length }), toCall, {
    ...{ file: `telepon-${sessionName(session).replace('/', '-')}`, now },
    words: (key) => texts.text(contact.locale, key),
  })
}

function whyOf({ contact, message }: Told): string {
  if (typeof contact === 'string') return whyNots[contact]
  return message === 'uncertain' ? 'staff-why-uncertain' : 'staff-why-not-told'
}
