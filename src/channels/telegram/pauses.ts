import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from 'grammy'

/** `start` waits so long for the first answer of Telegram, then lets the service go on without it. */
export const startPatience = 3000
/** Only the operator can mend a wrong token: no need to ask often. */
export const wrongTokenPause = 60_000
/** After a fault of the network: about half a second, doubled up to half a minute. */
export const faultPause = { first: 500, longest: 30_000 }

type Pause = { first: number; longest: number }

export function backoff({ first, longest }: Pause, failures: number): number {
  return Math.min(longest, first * 2 ** failures)
}

/** Between half and all of it, so that not all who lost the same network come back in the same moment. */
export function jittered(pause: Pause, failures: number): number {
  return backoff(pause, failures) * (0.5 + Math.random() / 2)
}

/** Waits, but not beyond `signal`. */
export async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds === 0) return
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined)
}

type GrammySignal = NonNullable<Parameters<Api['getMe']>[0]>

/** grammY names the type of an older AbortController, and takes that of Node as well. */
export function forGrammy(signal: AbortSignal): GrammySignal {
  return signal as unknown as GrammySignal
}
