import { GrammyError, HttpError } from 'grammy'
import type { Sent } from '../channel.ts'

/** What went wrong with a call. `code` is what Telegram answered; without it there was no answer. */
export type Fault = {
  reason: string
  code?: number
  retryAfter?: number
  surelyNotOut?: boolean
  /** The id that the chat has now. */
  movedTo?: string
}

/**
 * Reads what grammY threw. A GrammyError is an answer of Telegram; an HttpError holds what node-fetch said, whose
 * text names the whole address, token and all: only its code is kept.
 *
 * @see https://grammy.dev/guide/errors
 */
export function faultOf(error: unknown, token: string): Fault {
  if (error instanceof GrammyError) {
    const { retry_after: seconds, migrate_to_chat_id: movedTo } = error.parameters
    return {
      reason: scrubbed(error.description, token),
      code: error.error_code,
      ...(seconds !== undefined && { retryAfter: seconds * 1000 }),
      ...(movedTo !== undefined && { movedTo: String(movedTo) }),
    }
  }
  const inner: unknown = error instanceof HttpError ? error.error : error
  const text = scrubbed(inner instanceof Error ? inner.message : String(inner), token)
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : undefined
  if (neverConnected(code, text)) return { reason: `no connection (${code})`, surelyNotOut: true }
  return { reason: code === undefined ? text : `connection broke off (${code})` }
}

/** No connection came about, or none that a request could have gone through. */
const noConnection = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN']
/** A certificate that was not accepted: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const badCertificate = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

/**
 * ETIMEDOUT can also come from a connection that already carried the request: node-fetch keeps of the cause only
 * its code, and its text at the end (empty, if several addresses were tried in vain).
 */
function neverConnected(code: string | undefined, text: string): boolean {
  if (code === undefined) return false
  if (code === 'ETIMEDOUT') return /reason: (connect ETIMEDOUT.*)?$/.test(text)
  if (code === 'ECONNRESET') return text.endsWith('before secure TLS connection was established')
  return noConnection.includes(code) || badCertificate.test(code)
}

/** Whether Telegram could not read the formatting of a text, and sent nothing. */
export function isUnreadable({ code, reason }: Fault): boolean {
  return code === 400 && /can't parse (entities|caption entities)/i.test(reason)
}

/**
 * What a fault means for the message. A wrong token (401; 404 for one of no valid form; 421 at a server that
 * serves other bots) is no fault of the message: it waits until the operator has mended it.
 *
 * @see https://core.telegram.org/bots/api#making-requests
 */
export function sentOf({ reason, code, retryAfter, surelyNotOut }: Fault): Sent {
  if (surelyNotOut || code === 401 || code === 404 || code === 421) return { notSent: reason }
  if (code === 429) return retryAfter === undefined ? { notSent: reason } : { notSent: reason, retryAfter }
  if (code === undefined || code < 400 || code >= 500) return { unknown: reason }
  if (/user is deactivated|chat not found/i.test(reason)) return { failed: 'no-such-chat', reason }
  return { failed: code === 403 ? 'blocked' : 'rejected', reason }
}

/** The text without the bot's token, as it is or as it stands in an address, whole or its secret half alone. */
export function scrubbed(text: string, token: string): string {
  const secret = token.slice(token.indexOf(':') + 1)
  return [token, encodeURIComponent(token), secret]
    .filter((form) => form !== '')
    .reduce((clean, form) => clean.replaceAll(form, '<token>'), text)
}

/** 404 is the answer to a token of no valid form, 421 that of a server for other bots. */
export function isWrongToken({ code }: Fault): boolean {
  return code === 401 || code === 404 || code === 421
}

/** The same in plain English, for the operator. */
export function detailOf(fault: Fault): string {
  const { code, reason } = fault
  if (isWrongToken(fault)) return `Telegram does not know the token (${code}): TELEGRAM_TOKEN is wrong`
  if (code === 409) return `another program receives this bot's messages (409: ${reason})`
  if (code === 429) return `Telegram asks to wait (429: ${reason})`
  if (code !== undefined) return `Telegram answers with an error (${code}: ${reason})`
  return `Telegram does not answer: ${reason}`
}
