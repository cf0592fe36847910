import type { Message, Update } from 'grammy/types'
import { describe, expect, test } from 'vitest'
import { incoming, moved, reachability } from './incoming.ts'

const from = { id: 77, is_bot: false, first_name: 'Siti', last_name: 'Aminah' }
const chat = { id: 77, type: 'private', first_name: 'Siti' }
const me = { id: 4242, username: 'bimtek_bot' }
const file = { file_id: 'F1', file_unique_id: 'U1' }

function message(content: object): Update {
  return {
    update_id: 1,
    message: { message_id: 5, date: 1_780_000_000, from, chat, ...content } as Message,
  } as Update
}

function contentOf(content: object) {
  return incoming(message(content))?.content
}

describe('a message in a private chat', () => {
  test('text, with sender, time and what it quotes', () => {
    const update = message({ text: 'kapan bimtek?', reply_to_message: { message_id: 3, date: 1, chat } })
    expect(incoming(update)).toEqual({
      channel: 'telegram',
      chat: '77',
      externalId: '5',
      content: { kind: 'text', text: 'kapan bimtek?' },
      quotes: '3',
      displayName: 'Siti Aminah',
      sentAt: new Date('2026-05-28T20:26:40Z'),
    })
  })

  test.each(['/start', '/start w-3', '/stop', '/help'])('the command %s is text', (text) => {
    expect(contentOf({ text, entities: [{ type: 'bot_command', offset: 0, length: 5 }] })).toEqual({
      kind: 'text',
      text,
    })
  })

  test('a name of one part', () => {
    expect(
      incoming(message({ text: 'p', from: { id: 77, is_bot: false, first_name: 'Budi' } })),
    ).toMatchObject({
      displayName: 'Budi',
    })
  })

  test.each([
    ['location', { location: { latitude: 1.1, longitude: 104 } }, { kind: 'location', lat: 1.1, lon: 104 }],
    ['voice', { voice: file }, { kind: 'voice', reference: 'F1' }],
    ['audio', { audio: file }, { kind: 'voice', reference: 'F1' }],
    [
      'photo, the largest size',
      { photo: [{ ...file, file_id: 'small' }, file], caption: 'surat' },
      { kind: 'picture', caption: 'surat', reference: 'F1' },
    ],
    ['sticker', { sticker: file }, { kind: 'sticker', reference: 'F1' }],
    ['document', { document: file, caption: 'SK' }, { kind: 'document', caption: 'SK', reference: 'F1' }],
    ['video', { video: file }, { kind: 'other', reference: 'F1' }],
    ['animation', { animation: file, document: file }, { kind: 'other', reference: 'F1' }],
    ['poll', { poll: { id: '1' } }, { kind: 'other' }],
  ])('%s', (_name, content, expected) => {
    expect(contentOf(content)).toEqual(expected)
  })
})

describe('a contact card', () => {
  const card = { phone_number: '6281200000001', first_name: 'Siti' }
  const mine = { ...card, user_id: 77 }

  test("the sender's own", () => {
    expect(contentOf({ contact: mine })).toEqual({ kind: 'contact', phone: '+6281200000001', own: true })
  })

  test.each([
    ["somebody else's", { contact: { ...card, user_id: 78 } }],
    ['of nobody on Telegram', { contact: card }],
    [
      "the sender's own, forwarded",
      { contact: mine, forward_origin: { type: 'user', date: 1, sender_user: from } },
    ],
  ])('%s is not vouched for', (_name, content) => {
    expect(contentOf(content)).toMatchObject({ kind: 'contact', own: false })
  })

  test.each([
    ['+6281200000001', '+6281200000001'],
    ['081200000001', '081200000001'],
  ])('the number %s stays %s', (phone_number, phone) => {
    expect(contentOf({ contact: { ...card, phone_number } })).toMatchObject({ phone })
  })
})

describe('a pressed button', () => {
  const query = { id: '990', from, chat_instance: '1', data: 'c:2' }

  test('names the press, the message and the data', () => {
    const update = { update_id: 1, callback_query: { ...query, message: { message_id: 8, date: 0, chat } } }
    expect(incoming(update as Update)).toEqual({
      channel: 'telegram',
      chat: '77',
      externalId: 'cb-990',
      content: { kind: 'button', data: 'c:2' },
      quotes: '8',
      displayName: 'Siti Aminah',
    })
  })

  test('without a message in a private chat it is ignored', () => {
    expect(incoming({ update_id: 1, callback_query: query } as Update)).toBeUndefined()
  })
})

describe('an edited message', () => {
  const edited = (more: object) =>
    ({
      update_id: 1,
      edited_message: { ...message({ text: 'halo' }).message, edit_date: 9, ...more },
    }) as Update

  test('names the one that it replaces, and is known by the time of the change', () => {
    expect(incoming(edited({}))).toMatchObject({ externalId: '5-9', edits: '5', content: { text: 'halo' } })
  })

  test('counts in private only', () => {
    expect(incoming(edited({ chat: { id: -5, type: 'group', title: 'Lurah' } }), me)).toBeUndefined()
  })
})

describe('a group', () => {
  const group = { id: -5, type: 'supergroup', title: 'Lurah Batam' }
  const written = (content: object) => incoming(message({ chat: group, ...content }), me)

  test.each([
    ['named', { text: '@Bimtek_bot kapan bimtek?' }, 'kapan bimtek?'],
    ['named at the end', { text: 'kapan bimtek @bimtek_bot' }, 'kapan bimtek'],
    ['a command to it', { text: '/jadwal@bimtek_bot' }, '/jadwal'],
    ['a reply to it', { text: 'tempatnya?', reply_to_message: { message_id: 3, from: me } }, 'tempatnya?'],
    ['its name alone', { text: '@bimtek_bot' }, ''],
  ])('%s: is heard, as the group’s', (_name, content, text) => {
    const heard = written(content)
    expect(heard).toMatchObject({ chat: '-5', group: true, displayName: 'Lurah Batam', content: { text } })
  })

  test.each([
    ['to each other', { text: 'kapan bimtek?' }],
    ['a command to anybody', { text: '/jadwal' }],
    ['to another bot', { text: '/jadwal@bimtek_bot2' }],
    ['a reply to another', { text: 'ya', reply_to_message: { message_id: 3, from: { id: 8 } } }],
    ['a number', { contact: { phone_number: '62812', first_name: 'Siti', user_id: 77 } }],
    ['a picture that names it', { photo: [file], caption: '@bimtek_bot' }],
    ['another bot', { text: '@bimtek_bot halo', from: { ...from, is_bot: true } }],
  ])('%s: is not heard', (_name, content) => {
    expect(written(content)).toBeUndefined()
  })

  test('has another id from now on', () => {
    expect(moved(message({ chat: group, migrate_to_chat_id: -1005 }))).toEqual({ from: '-5', to: '-1005' })
    expect(written({ migrate_to_chat_id: -1005 })).toBeUndefined()
  })
})

describe('what is ignored', () => {
  test.each([
    ['a group', message({ text: 'halo', chat: { id: -5, type: 'group', title: 'Lurah' } })],
    ['an edited picture', { update_id: 1, edited_message: message({ photo: [file] }).message } as Update],
    ['a reaction', { update_id: 1, message_reaction: { chat, message_id: 3 } } as Update],
    ['a pinned message', message({ pinned_message: { message_id: 2, date: 1, chat } })],
    ['a blocked bot', { update_id: 1, my_chat_member: membership('private', 'kicked') } as Update],
  ])('%s', (_name, update) => {
    expect(incoming(update)).toBeUndefined()
  })
})

describe('reachable', () => {
  test.each([
    ['kicked', false],
    ['member', true],
  ])('%s', (status, reachable) => {
    const update = { update_id: 1, my_chat_member: membership('private', status) } as Update
    expect(reachability(update)).toEqual({ chat: '77', reachable })
  })

  test('a group that the bot left is nobody', () => {
    expect(
      reachability({ update_id: 1, my_chat_member: membership('group', 'left') } as Update),
    ).toBeUndefined()
  })
})

function membership(type: string, status: string) {
  return { chat: { ...chat, type }, from, date: 1, new_chat_member: { status } }
}
