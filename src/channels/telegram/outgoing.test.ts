import fc from 'fast-check'
import { GrammyError, HttpError } from 'grammy'
import { describe, expect, test } from 'vitest'
import { boldMark } from '../../texts.ts'
import type { OutgoingMessage } from '../channel.ts'
import { toHtml, toPlain } from '../rich-text.ts'
import { faultOf, scrubbed, sentOf } from './faults.ts'
import { keyboard, phoneButton } from './keyboard.ts'
import { pieces } from './pieces.ts'

const token = '4242:AAbb-CC_dd'

describe('pieces of a long text', () => {
  test('a short text is one piece, as it is', () => {
    expect(pieces('Selamat pagi')).toEqual(['Selamat pagi'])
  })

  test.each([
    ['between paragraphs', 'aaa\nbb\n\nccc dd', ['aaa\nbb', 'ccc dd']],
    ['between lines', 'aaa bb\nccc dd', ['aaa bb', 'ccc dd']],
    ['between words', 'aaa bb ccc dd', ['aaa bb ccc', 'dd']],
    ['where there is no border', 'aaaaaaaaaabbbb', ['aaaaaaaaaa', 'bbbb']],
    ['exactly at the end of what fits', 'aaaaaaaaaa bbbb', ['aaaaaaaaaa', 'bbbb']],
  ])('cut %s', (_name, text, expected) => {
    expect(pieces(text, 10)).toEqual(expected)
  })

  test('bold goes on after the cut', () => {
    const bold = `${boldMark}satu dua tiga${boldMark} empat`
    expect(pieces(bold, 8).map(toHtml)).toEqual(['<b>satu dua</b>', '<b>tiga</b>', 'empat'])
  })

  test('no character is cut in two', () => {
    expect(pieces('aaaaaaaaa😀b', 10)).toEqual(['aaaaaaaaa', '😀b'])
  })

  test('whatever the text, each piece fits, and no word is lost', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '\n', boldMark, '😀', '<'),
      maxLength: 120,
    })
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (rich, limit) => {
        const plain = pieces(rich, limit).map(toPlain)
        expect(plain.every((piece) => piece.length <= limit)).toBe(true)
        expect(plain.join('').replace(/\s/g, '')).toBe(toPlain(rich).replace(/\s/g, ''))
      }),
    )
  })

  test('whatever the text, what is bold stays bold', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', boldMark), maxLength: 120 })
    const boldOf = (html: string) => [...html.matchAll(/<b>(.*?)<\/b>/gs)].map(([, bold]) => bold).join('')
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (rich, limit) => {
        const cut = pieces(rich, limit).map(toHtml).map(boldOf).join('')
        expect(cut.replace(/\s/g, '')).toBe(boldOf(toHtml(rich)).replace(/\s/g, ''))
      }),
    )
  })
})

describe('keyboard', () => {
  const message: OutgoingMessage = {
    id: 1,
    kind: 'reply',
    chat: '7',
    text: 'Pilih',
    choices: [],
    asksPhone: false,
  }
  const choices = [
    { label: 'Gelombang 3', data: 'w:3' },
    { label: 'Batal', data: 'x' },
  ]

  test('none', () => {
    expect(keyboard(message)).toBeUndefined()
  })

  test('one choice a row', () => {
    expect(keyboard({ ...message, choices })).toEqual({
      inline_keyboard: [
        [{ text: 'Gelombang 3', callback_data: 'w:3' }],
        [{ text: 'Batal', callback_data: 'x' }],
      ],
    })
  })

  test('a long label is shortened', () => {
    const label = `Bimtek Kelembagaan Koperasi ${'x'.repeat(60)}`
    const markup = keyboard({ ...message, choices: [{ label, data: 'a' }] })
    expect(markup).toEqual({ inline_keyboard: [[{ text: `${label.slice(0, 59)}…`, callback_data: 'a' }]] })
  })

  test('the phone number, with the choices as text', () => {
    expect(keyboard({ ...message, choices, asksPhone: true })).toEqual({
      keyboard: [
        [{ text: phoneButton, request_contact: true }],
        [{ text: 'Gelombang 3' }],
        [{ text: 'Batal' }],
      ],
      one_time_keyboard: true,
      resize_keyboard: true,
    })
  })
})

describe('what a fault means', () => {
  const answered = (error_code: number, description: string, parameters = {}) =>
    new GrammyError('failed', { ok: false, error_code, description, parameters }, 'sendMessage', {})
  const broken = (code: string | undefined, reason: string) => {
    const text = `request to https://api.telegram.org/bot${token}/sendMessage failed, reason: ${reason}`
    return new HttpError('Network request failed!', Object.assign(new Error(text), code && { code }))
  }

  test.each([
    [
      '429',
      answered(429, 'Too Many Requests', { retry_after: 7 }),
      { notSent: expect.any(String), retryAfter: 7000 },
    ],
    ['401', answered(401, 'Unauthorized'), { notSent: 'Unauthorized' }],
    ['403', answered(403, 'Forbidden: bot was blocked by the user'), { failed: 'blocked' }],
    ['403, gone', answered(403, 'Forbidden: user is deactivated'), { failed: 'no-such-chat' }],
    ['400, no chat', answered(400, 'Bad Request: chat not found'), { failed: 'no-such-chat' }],
    ['400', answered(400, 'Bad Request: message is too long'), { failed: 'rejected' }],
    ['500', answered(500, 'Internal Server Error'), { unknown: expect.any(String) }],
    ['refused', broken('ECONNREFUSED', 'connect ECONNREFUSED 1.2.3.4:443'), { notSent: expect.any(String) }],
    ['several addresses refused', broken('ECONNREFUSED', ''), { notSent: expect.any(String) }],
    ['no name', broken('ENOTFOUND', 'getaddrinfo ENOTFOUND api'), { notSent: expect.any(String) }],
    ['name service away', broken('EAI_AGAIN', 'getaddrinfo EAI_AGAIN api'), { notSent: expect.any(String) }],
    [
      'connect timed out',
      broken('ETIMEDOUT', 'connect ETIMEDOUT 1.2.3.4:443'),
      { notSent: expect.any(String) },
    ],
    ['read timed out', broken('ETIMEDOUT', 'read ETIMEDOUT'), { unknown: expect.any(String) }],
    ['reset', broken('ECONNRESET', 'read ECONNRESET'), { unknown: expect.any(String) }],
    [
      'reset before TLS stood',
      broken('ECONNRESET', 'Client network socket disconnected before secure TLS connection was established'),
      { notSent: expect.any(String) },
    ],
    ['certificate', broken('CERT_HAS_EXPIRED', 'certificate has expired'), { notSent: expect.any(String) }],
    ['time-out', new HttpError('failed', new Error('Request timed out')), { unknown: 'Request timed out' }],
    ['no JSON', broken(undefined, 'Unexpected token <'), { unknown: expect.any(String) }],
    ['anything else', 'odd', { unknown: 'odd' }],
  ])('%s', (_name, error, expected) => {
    const sent = sentOf(faultOf(error, token))
    expect(sent).toMatchObject(expected)
    expect(JSON.stringify(sent)).not.toContain('AAbb-CC_dd')
  })
})

test.each([
  `https://api.telegram.org/bot${token}/getMe`,
  `/bot${encodeURIComponent(token)}/getMe`,
  'secret AAbb-CC_dd alone',
])('no token is left in %s', (text) => {
  expect(scrubbed(text, token)).not.toContain('AAbb-CC_dd')
})
