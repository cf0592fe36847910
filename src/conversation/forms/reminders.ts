import type { Choice } from '../../delivery/content.ts'
import { registrationsOf } from '../../registration/own.ts'
import { comingReminders, planReminders } from '../../reminders/plan.ts'
import {
  chooseOffsets,
  chosenOffsets,
  inUnits,
  longestFirst,
  reminderLimits,
} from '../../reminders/settings.ts'
import { line, type Part, say } from '../../texts.ts'
import { durationMs, hour } from '../../time.ts'
import type { ReminderWish } from '../reminder-words.ts'
import type { Reply, Turn } from '../reply.ts'
import type { Slots } from '../state.ts'
import type { Form } from './form.ts'

/** What a person's own reminders become: other offsets, null for the usual ones, undefined for no change. */
type Outcome = { to?: string[] | null; head: Part[] }

/**
 * Shows and changes when a person is reminded, in one step. Slots: wish, a ReminderWish; offsets, ISO 8601 durations
 * joined by commas.
 */
export const reminders: Form = {
  personal: true,
  left: 'reminders-left',
  fill: async () => undefined,
  step: async (turn, slots) => {
    const { speaker, tx, now, rules } = turn
    if (!speaker) throw new Error('reminders need a speaker')
    const own = (await chosenOffsets(tx, [speaker.id])).get(speaker.id)
    const current = longestFirst(own ?? rules.reminderOffsets)
    const { to, head } = outcomeOf(slots, current, rules.reminderOffsets)
    if (to !== undefined) {
      await chooseOffsets(tx, speaker.id, to, now)
      turn.planned.push(...(await planReminders(tx, { personId: speaker.id }, rules, now)))
    }
    const offsets = to === undefined ? current : longestFirst(to ?? rules.reminderOffsets)
    return { done: [await shown(turn, speaker, offsets, head)] }
  },
}

function outcomeOf(slots: Slots, current: string[], usual: string[]): Outcome {
  const wish = (slots['wish'] ?? 'show') as ReminderWish
  const named = String(slots['offsets'] ?? '')
    .split(',')
    .filter((offset) => durationMs(offset) !== undefined)
  const { shortest, longest } = reminderLimits
  const isOutside = (offset: string) => lengthOf(offset) < shortest || lengthOf(offset) > longest
  if (wish !== 'remove' && named.some(isOutside)) return { head: [say('reminders-outside')] }
  return limited(wanted(wish, named, current, usual))
}

function wanted(wish: ReminderWish, named: string[], current: string[], usual: string[]): Outcome {
  switch (wish) {
    case 'show':
      return { head: [] }
    case 'wish':
      return current.length === 0 ? { to: null, head: [say('reminders-on')] } : { head: [] }
    case 'off':
      return { to: [], head: [] }
    case 'usual':
      return { to: null, head: [say('reminders-on')] }
    case 'set':
      return { to: named, head: [say('reminders-changed')] }
    case 'add':
      return added(named, current)
    case 'remove': {
      const left = current.filter((offset) => !named.some((each) => lengthOf(each) === lengthOf(offset)))
      return left.length === current.length
        ? { head: [say('reminders-not-there')] }
        : { to: left, head: [say('reminders-changed')] }
    }
    case 'earlier':
      return earlierThan(current, usual)
    case 'fewer':
      return { to: ['P1D'], head: [say('reminders-changed')] }
    case 'time':
      return { head: [say('reminders-no-time')] }
  }
}

const lengthOf = (offset: string): number => durationMs(offset) ?? 0

function added(named: string[], current: string[]): Outcome {
  const more = named.filter((offset) => !current.some((each) => lengthOf(each) === lengthOf(offset)))
  if (more.length === 0) return { head: [say('reminders-there')] }
  return { to: [...current, ...more], head: [say('reminders-changed')] }
}

/** A week before, or two where that is there already. */
function earlierThan(current: string[], usual: string[]): Outcome {
  const from = current.length > 0 ? current : usual
  const first = Math.max(...from.map(lengthOf))
  const next = ['P7D', 'P14D'].find((offset) => lengthOf(offset) > first && first < reminderLimits.longest)
  return next
    ? { to: [...from, next], head: [say('reminders-changed')] }
    : { head: [say('reminders-earliest')] }
}

function limited(outcome: Outcome): Outcome {
  const { to } = outcome
  return to && to.length > reminderLimits.most
    ? { head: [say('reminders-too-many', { most: reminderLimits.most })] }
    : outcome
}

async function shown(
  turn: Turn,
  { id, name }: { id: number; name: string },
  offsets: string[],
  head: Part[],
): Promise<Reply> {
  const parts =
    offsets.length === 0
      ? [say('reminders-none', { name })]
      : [say('reminders-head', { name }), ...offsets.map((each) => line('reminders-offset', inUnits(each)))]
  return {
    parts: [
      ...head,
      ...parts,
      ...(offsets.length === 0 ? [] : await nextPart(turn, id)),
      ...stoppedPart(turn),
    ],
    choices: choicesFor(offsets),
  }
}

/** When exactly the next one comes, and of which class. */
async function nextPart({ tx, now }: Turn, personId: number): Promise<Part[]> {
  const [next] = await comingReminders(tx, personId, now)
  if (next) {
    const { title, code } = next.session.training
    return [say('reminders-next', { due: next.dueAt.toISOString(), title, code })]
  }
  const own = await registrationsOf(tx, personId, ['confirmed'])
  const isAhead = own.some(({ training }) => training.sessions.some(({ starts }) => starts > now))
  return [say(isAhead ? 'reminders-all-past' : 'reminders-no-class')]
}

function stoppedPart({ contact }: Turn): Part[] {
  return contact.stoppedAt ? [say('reminders-stopped')] : []
}

function choicesFor(offsets: string[]): Choice[] {
  const set = (label: string, wish: ReminderWish, value?: string): Choice => ({
    label: say(label),
    value: { begins: 'reminders', slots: { wish, ...(value ? { offsets: value } : {}) } },
  })
  const isOnlyDay = offsets.length === 1 && lengthOf(offsets[0] ?? '') === 24 * hour
  return [
    ...(isOnlyDay ? [] : [set('choice-reminders-day', 'set', 'P1D')]),
    set('choice-reminders-usual', 'usual'),
    ...(offsets.length > 0 ? [set('choice-reminders-off', 'off')] : []),
  ]
}
