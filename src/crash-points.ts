/**
 * The named moments between "stored" and "sent" at which a process may die. A test kills the process there;
 * in the service `reached` does nothing.
 */
export const crashPoints = [
  'message-stored',
  'turn-begun',
  'turn-done',
  'turn-committed',
  'outgoing-claimed',
  'request-left',
  'result-stored',
] as const

export type CrashPoint = (typeof crashPoints)[number]

export type Reached = (point: CrashPoint) => void

export const notWatched: Reached = () => {}
