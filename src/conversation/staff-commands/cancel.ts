import { applyCancellation, planCancellation } from '../../planning/cancel-session.ts'
import { line, say } from '../../texts.ts'
import { answerSure, type Change, makeChange, plainReason, showChange, withReason } from './change-session.ts'
import type { StaffCommand } from './command.ts'
import { askSession, sessionNamed } from './which-session.ts'

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
    if (!found) return await askSession(turn, 'batal', 'session', say('staff-cancel-which'))
    const reason = withReason(found.rest).reason ?? plainReason(found.rest)
    return await showChange(turn, cancelling, { session: found.name, ...(reason ? { reason } : {}) })
  },
  answer: async (turn, open) => {
    if (turn.content.kind !== 'text') return undefined
    // It may be the yes to this question, or the wish to leave it.
    if (doubtful.test(turn.text)) return [{ parts: [line('staff-cancel-doubtful')] }]
    const answered = await answerSure(turn, cancelling, open)
    if (answered) return answered
    const { reason } = withReason(turn.text)
    const { about: _, ...slots } = open.slots
    return reason ? await showChange(turn, cancelling, { ...slots, reason }) : undefined
  },
  again: async (turn, open) => await showChange(turn, cancelling, open.slots),
  press: async (turn, does, given) => {
    if (does === 'sure') return await makeChange(turn, cancelling, given['about'])
    return await showChange(turn, cancelling, { session: String(given['session']) })
  },
}
