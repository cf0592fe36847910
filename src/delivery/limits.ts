import type { OutgoingKind } from '../database/generated/enums.ts'
import { second } from '../time.ts'

/** In this order messages get their slots (design: "Delivery"). */
const precedence: readonly OutgoingKind[] = ['reply', 'notice', 'reminder', 'broadcast']

/** Gives each send of a channel its slot. */
export type Limiter = {
  /** Resolves with true when it is this message's turn; with false when the limiter was closed before that. */
  slot(kind: OutgoingKind): Promise<boolean>
  /** No slot before so many ms from now. */
  pause(ms: number): void
  /** Sends away all who wait. */
  close(): void
}

/**
 * A limiter of so many slots a second, evenly spaced: by precedence of their kinds, in the order asked for within
 * one. Infinity for a channel without a limit.
 */
export function fixedRate(perSecond: number): Limiter {
  const gap = second / perSecond
  const waiting = new Map<OutgoingKind, ((mine: boolean) => void)[]>(precedence.map((kind) => [kind, []]))
  let next = 0
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const first = () => precedence.map((kind) => waiting.get(kind)).find((queue) => queue && queue.length > 0)

  const grant = (): void => {
    timer = undefined
    const queue = first()
    if (!queue) return
    const wait = next - Date.now()
    if (wait > 0) {
      timer = setTimeout(grant, wait)
      return
    }
    next = Date.now() + gap
    queue.shift()?.(true)
    grant()
  }

  return {
    slot: (kind) =>
      new Promise((resolve) => {
        if (closed) {
          resolve(false)
          return
        }
        waiting.get(kind)?.push(resolve)
        if (!timer) grant()
      }),
    pause: (ms) => {
      next = Math.max(next, Date.now() + ms)
    },
    close: () => {
      closed = true
      clearTimeout(timer)
      for (const queue of waiting.values()) for (const resolve of queue.splice(0)) resolve(false)
    },
  }
}
