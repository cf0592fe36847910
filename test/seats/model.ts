import { hour } from '../../src/time.ts'

export type Held = {
  person: number
  state: 'confirmed' | 'waitlisted' | 'offered'
  turn: number
  until: number
}

export type ModelClass = { capacity: number; starts: number; held: Held[]; turns: number }

/** The rules of seats (design: "Registration rules") in so few lines that one sees them to be right; time in ms. */
export class Model {
  readonly classes: ModelClass[]

  constructor(classes: { capacity: number; starts: number }[]) {
    this.classes = classes.map((each) => ({ ...each, held: [], turns: 0 }))
  }

  of(person: number): { in: ModelClass; held: Held } | undefined {
    for (const each of this.classes) {
      const held = each.held.find((one) => one.person === person)
      if (held) return { in: each, held }
    }
    return undefined
  }

  register(person: number, where: number, now: number): void {
    const target = this.class(where)
    if (this.of(person) || target.starts <= now) return
    if (hasSeatFor(target)) target.held.push({ person, state: 'confirmed', turn: 0, until: 0 })
    else target.held.push({ person, state: 'waitlisted', turn: ++target.turns, until: 0 })
  }

  cancel(person: number, now: number): void {
    const own = this.of(person)
    if (!own) return
    leave(own)
    offer(own.in, now)
  }

  change(person: number, where: number, now: number): void {
    const own = this.of(person)
    const target = this.class(where)
    if (!own || target.starts <= now || !hasSeatFor(target)) return
    leave(own)
    target.held.push({ person, state: 'confirmed', turn: 0, until: 0 })
    offer(own.in, now)
  }

  answer(person: number, take: boolean, now: number): void {
    const own = this.of(person)
    if (own?.held.state !== 'offered' || own.held.until <= now) return
    if (take) own.held.state = 'confirmed'
    else this.cancel(person, now)
  }

  /** Ends the offers that are over, and offers what is free to the next. */
  sweep(where: number, now: number): void {
    const swept = this.class(where)
    swept.held = swept.held.filter(({ state, until }) => state !== 'offered' || until > now)
    offer(swept, now)
  }

  class(where: number): ModelClass {
    const found = this.classes[where]
    if (!found) throw new Error('no such class')
    return found
  }
}

const waitingIn = ({ held }: ModelClass): Held[] =>
  held.filter(({ state }) => state === 'waitlisted').sort((a, b) => a.turn - b.turn)

const freeIn = (of: ModelClass): number => of.capacity - (of.held.length - waitingIn(of).length)

/** A free seat belongs to those who wait. */
const hasSeatFor = (of: ModelClass): boolean => freeIn(of) > waitingIn(of).length

function leave({ in: from, held }: { in: ModelClass; held: Held }): void {
  from.held = from.held.filter((each) => each !== held)
}

/** To those who wait longest; held 24 hours, or until 12 hours before the start; in these nothing is offered. */
function offer(of: ModelClass, now: number): void {
  const until = Math.min(now + 24 * hour, of.starts - 12 * hour)
  if (until <= now) return
  for (const next of waitingIn(of).slice(0, Math.max(0, freeIn(of))))
    Object.assign(next, { state: 'offered', until })
}
