import { setTimeout as sleep } from 'node:timers/promises'
import { second } from '../time.ts'

/** Gives each send of a channel its slot, at a fixed rate and in the order asked for. */
export type Limiter = {
  slot(): Promise<void> /** No slot before so many ms from now. */
  pause(ms: number): void
}

/** A limiter of so many slots a second, evenly spaced; Infinity for a channel without a limit. */
export function fixedRate(perSecond: number): Limiter {
  const gap = second / perSecond
  let next = 0
  let paused = 0
  return {
    slot: async () => {
      const at = Math.max(next, Date.now())
      next = at + gap
      while (at > Date.now() || paused > Date.now()) await sleep(Math.max(at, paused) - Date.now())
    },
    pause: (ms) => {
      paused = Math.max(paused, Date.now() + ms)
    },
  }
}
