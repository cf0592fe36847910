import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { InputFile } from 'grammy'
import type { OutgoingMessage } from '../channel.ts'
import { type Fault, faultOf } from './faults.ts'
import type { Markup } from './keyboard.ts'
import type { Wire } from './outgoing.ts'

type File = NonNullable<OutgoingMessage['document']>

const picture = /^image\/(png|jpeg)$/

/** Whether a file is shown as a picture: https://core.telegram.org/bots/api#sendphoto */
export function isPicture({ type }: File): boolean {
  return picture.test(type)
}

/** What is smaller costs no more to upload than a text. */
const worthRemembering = 16 * 1024
const mostRemembered = 100
/** In ms. With the upload itself it stays below the time for which a message is claimed. */
const uploadPatience = 15_000

/** A large file is being uploaded for another message, and its id is not known yet: nothing has gone out. */
export class StillUploading extends Error {}

/**
 * What Telegram has of our files already, by their content: a letter for 640 officers goes up the line once.
 *
 * @see https://core.telegram.org/bots/api#sending-files
 */
export class Uploads {
  readonly #ids = new Map<string, Promise<string | undefined>>()

  /**
   * Telegram's id of a file; waits for an upload that is under way. Where there is none, the file is sent by `upload`,
   * and what that returned comes back.
   * @throws what `upload` throws, or StillUploading
   */
  async idOf(key: string, upload: () => Promise<Out>): Promise<string | Out> {
    const until = performance.now() + uploadPatience
    for (;;) {
      const pending = this.#ids.get(key)
      // nothing may come between: of all who waited in vain only the first uploads
      if (!pending) return await this.#begin(key, upload())
      const late = sleep(Math.max(0, until - performance.now()), 'late' as const, { ref: false })
      const id = await Promise.race([pending, late])
      if (id === 'late') throw new StillUploading('its file is still being uploaded')
      if (id !== undefined) return id
    }
  }

  #begin(key: string, upload: Promise<Out>): Promise<Out> {
    const id = upload
      .then(({ file }) => file)
      .catch(() => undefined)
      .then((file) => {
        if (file === undefined && this.#ids.get(key) === id) this.#ids.delete(key)
        return file
      })
    this.#ids.set(key, id)
    if (this.#ids.size > mostRemembered) this.forget(this.#ids.keys().next().value ?? '')
    return upload
  }

  forget(key: string): void {
    this.#ids.delete(key)
  }
}

/** A message that went out, and the id of its file. */
type Out = { message: number; file: string | undefined }

type More = {
  caption?: string
  parse_mode?: 'HTML'
  reply_markup?: Markup
  reply_parameters?: { message_id: number; allow_sending_without_reply: boolean }
  disable_notification?: boolean
}

/**
 * Sends a file, as a picture or as a document.
 * @returns the message's id
 * @throws what grammY throws, or StillUploading
 */
export async function sendFile(
  wire: Wire,
  chat: string,
  document: File,
  as: 'photo' | 'document',
  more: More = {},
): Promise<number> {
  const upload = () => call(wire, chat, new InputFile(document.content, fileName(document.name)), as, more)
  if (document.content.length < worthRemembering) return (await upload()).message
  const key = `${as} ${document.name} ${createHash('sha256').update(document.content).digest('hex')}`
  const had = await wire.uploads.idOf(key, upload)
  if (typeof had !== 'string') return had.message
  try {
    return (await call(wire, chat, had, as, more)).message
  } catch (error) {
    if (!isUnknownFile(faultOf(error, wire.token))) throw error
  }
  wire.uploads.forget(key)
  return (await upload()).message
}

async function call(
  { files }: Wire,
  chat: string,
  file: InputFile | string,
  as: 'photo' | 'document',
  more: More,
): Promise<Out> {
  if (as === 'photo') {
    const { message_id: message, photo } = await files.sendPhoto(chat, file, more)
    return { message, file: photo.at(-1)?.file_id }
  }
  const { message_id: message, document } = await files.sendDocument(chat, file, more)
  return { message, file: document.file_id }
}

function isUnknownFile({ code, reason }: Fault): boolean {
  return code === 400 && /wrong (remote )?file|wrong file_id|file reference/i.test(reason)
}

/** grammY writes the name into a header as it is: nothing that ends or splits one may stay in it. */
function fileName(name: string): string {
  return name.replace(/[\p{Cc};"\\/]/gu, '_')
}
