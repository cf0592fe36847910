import { z } from 'zod'
import type { IncomingContent, IncomingMessage } from '../channel.ts'
import type { SampleOfficer } from './options.ts'

/** As in the messengers: Telegram takes no longer message, and nobody types one. */
export const textLimit = 4096

const common = {
  /** The chat id of the sample officer. */
  as: z.string().min(1).max(128),
  /** Made by the browser: the same when it sends the message again. */
  id: z.uuid(),
}

/** What a browser posts: a text, a pressed choice, or something that the bot cannot read. */
export const postedMessage = z.union([
  z.strictObject({
    ...common,
    text: z.string().max(textLimit).transform(storable).pipe(z.string().regex(/\S/)),
  }),
  z.strictObject({ ...common, press: z.string().min(1).max(256), quotes: z.string().regex(/^o\d{1,15}$/) }),
  z.strictObject({ ...common, kind: z.enum(['voice', 'picture', 'sticker', 'contact']) }),
])
type PostedMessage = z.infer<typeof postedMessage>

/** PostgreSQL takes neither NUL nor half a surrogate pair, and would refuse such a message for ever. */
function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD')
}

/** The message as every channel hands it on; undefined for the number of an officer who has none. */
export function incoming(posted: PostedMessage, officer: SampleOfficer): IncomingMessage | undefined {
  const content = contentOf(posted, officer)
  if (!content) return undefined
  return {
    channel: 'simulator',
    chat: officer.chat,
    externalId: posted.id,
    content,
    // a browser knows our message as o34; the channel gave it out as 34
    ...('press' in posted && { quotes: posted.quotes.slice(1) }),
    displayName: officer.name,
  }
}

function contentOf(posted: PostedMessage, { phone }: SampleOfficer): IncomingContent | undefined {
  if ('text' in posted) return { kind: 'text', text: posted.text }
  if ('press' in posted) return { kind: 'button', data: posted.press }
  if (posted.kind !== 'contact') return { kind: posted.kind }
  return phone === undefined ? undefined : { kind: 'contact', phone, own: true }
}
