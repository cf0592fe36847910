import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until something holds; fails with what was wanted when it does not within the time. */
export async function eventually(
  check: () => boolean | Promise<boolean>,
  wanted = 'it',
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`did not come about: ${wanted}`)
    await sleep(25)
  }
}
