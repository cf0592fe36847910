import { type Part, say } from '../texts.ts'
import { AttachmentFault } from './attachment.ts'
import { AudienceFault } from './audience.ts'
import { longestBroadcast, TextFault } from './text.ts'

/** What is wrong with a broadcast that staff want to send, in their language; undefined for any other error. */
export function faultPart(fault: unknown): Part | undefined {
  if (fault instanceof AudienceFault) {
    const { kind, at, found, possible } = fault
    return say('broadcast-fault-audience', {
      kind,
      at,
      found,
      possible: possible.join(', '),
      many: possible.length,
    })
  }
  if (fault instanceof TextFault)
    return say('broadcast-fault-text', { kind: fault.kind, found: fault.found, most: longestBroadcast })
  if (fault instanceof AttachmentFault) return say('broadcast-fault-file', { kind: fault.kind })
  return undefined
}
