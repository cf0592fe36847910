/** A file that goes out with a broadcast. */
export type Attachment = { name: string; type: string; content: Uint8Array }

/** A file cannot be sent along; the message says why. */
export class AttachmentFault extends Error {
  readonly kind: 'other-kind' | 'too-large'
  constructor(kind: 'other-kind' | 'too-large', message: string) {
    super(message)
    this.kind = kind
  }
}

/** It goes out to hundreds of phones with a weak signal. */
export const largestAttachment = 10 * 1024 * 1024
const longestName = 100

/** By their first bytes; what a file is called says little. */
const kinds = [
  { type: 'application/pdf', begins: Buffer.from('%PDF-') },
  { type: 'image/jpeg', begins: Buffer.from([0xff, 0xd8, 0xff]) },
  { type: 'image/png', begins: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
]

/**
 * A PDF or picture to be sent along.
 * @throws AttachmentFault when it is none of these, or larger than 10 MB
 */
export function attachmentOf(name: string, content: Uint8Array): Attachment {
  checkSize(name, content.length)
  const kind = kinds.find(({ begins }) => begins.equals(content.subarray(0, begins.length)))
  if (!kind) throw new AttachmentFault('other-kind', `${name} is neither a PDF nor a picture (JPEG, PNG)`)
  return { name: name.slice(-longestName), type: kind.type, content }
}

/** @throws AttachmentFault when it is larger than 10 MB */
export function checkSize(name: string, bytes: number): void {
  if (bytes <= largestAttachment) return
  const [has, most] = [bytes, largestAttachment].map((each) => (each / 1024 / 1024).toFixed(1))
  throw new AttachmentFault('too-large', `${name} has ${has} MB; at most ${most} MB can be sent along`)
}
