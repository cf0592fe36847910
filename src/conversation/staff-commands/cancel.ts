import { applyCancellation, planCancellation } from '../../planning/cancel-session.ts'
import { line, say } from '../../texts.ts'
import { answerSure, type Change, makeChange, plainReason, showChange, withReason } from './change-session.ts'
import type { StaffCommand } from './command.ts'
import { askSession, keptFor, sessionNamed } from './which-session.ts'

const cancelling: Change = {
  command: 'batal',
  plan: async (tx, slots, { now, rules }) =>
    await planCancellation(tx, String(slots['session']), now, rules.quietHours),
  apply: applyCancellation,
  ...{ sure: say('choice-staff-cancel'), done: say('staff-cancelled'), again: 'staff-cancel-sure' },
}

const doubtful = /^\W*(di)?batalkan\W*$/i

/** `/batal G3-A/1 ombak tinggi`: cancels a session; what stands behind it is the reason. */
export const cancel: StaffCommand = {
  ...{ name: 'batal', who: 'petugas', help: 'staff-help-cancel', label: say('choice-staff-cancel-session') },
  run: async (turn, words) => {
    const found = await sessionNamed(turn, words)
    if (!found)
      return await askSession(
        turn,
        { command: 'batal', what: 'session', kept: reasonIn(words) },
        say('staff-cancel-which'),
      )
    const slots = { ...keptFor(turn, 'batal'), ...reasonIn(found.rest), session: found.name }
    return await showChange(turn, cancelling, slots)
  },
  answer: async (turn, open) => {
    if (turn.content.kind !== 'text') return undefined
    if (open.asked === 'session') return undefined
    // It may be the yes to this question, or the wish to leave it.
    if (doubtful.test(turn.text)) return [{ parts: [line('staff-cancel-doubtful')] }]
    const answered = await answerSure(turn, cancelling, open)
    if (answered) return answered
    const { reason } = withReason(turn.text)
    const { about: _, ...slots } = open.slots
    return reason ? await showChange(turn, cancelling, { ...slots, reason }) : undefined
  },
  again: async (turn, open) =>
    open.asked === 'session'
      ? await askSession(
          turn,
          { command: 'batal', what: 'session', kept: keptFor(turn, 'batal') },
          say('staff-cancel-which'),
        )
      : await showChange(turn, cancelling, open.slots),
  press: async (turn, does, given) => {
    if (does === 'sure') return await makeChange(turn, cancelling, given['about'])
    return await showChange(turn, cancelling, {
      ...keptFor(turn, 'batal'),
      session: String(given['session']),
    })
  },
}

/** The reason that stands behind a session, with or without a word such as "karena". */
function reasonIn(text: string): { reason?: string } {
  const reason = withReason(text).reason ?? plainReason(text)
  return reason ? { reason } : {}
}
