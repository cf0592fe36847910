import { erase as eraseAll, type ToErase, whatErasingDoes } from '../../privacy/erase.ts'
import type { Subject } from '../../privacy/subject.ts'
import { line, type Part, say } from '../../texts.ts'
import { carefulYesOrNo } from '../choices.ts'
import { menu, type Turn } from '../reply.ts'
import type { Slots } from '../state.ts'
import { type Form, yesNo } from './form.ts'

const plainlyYes =
  /^\W*(ya|iya|yes|y|ok|yakin|sure)\W+(saya )?(yakin |tolong |please )?(hapus|hapuskan|dihapus|delete|erase)( (saja|aja|semua|semuanya|sekarang|it|all|everything|(semua )?data saya|my data))*\W*$/i

/**
 * Erases what is stored of who speaks, or of the chat of somebody on no roster. Slots: only (chat: nothing but this
 * one chat, for which no number is needed), sure (yes, no).
 */
export const erase: Form = {
  personal: (slots) => slots['only'] !== 'chat',
  left: 'erase-left',
  fill: async (turn, slots, asked) => {
    const answer = plainlyYes.test(turn.text) ? 'yes' : carefulYesOrNo(turn.text)
    return asked === 'sure' && answer ? { ...slots, sure: answer } : undefined
  },
  step: async (turn, slots) => {
    const subject = subjectOf(turn, slots)
    if (slots['sure'] === 'no') return { done: [{ parts: [say('erase-left')], choices: menu }] }
    const doing = await whatErasingDoes(turn.tx, subject, turn.now)
    const about = `erase/${subject.personId ?? 'chat'}`
    if (slots['sure'] !== 'yes')
      return {
        ask: 'sure',
        slots,
        reply: { parts: question(turn, subject, doing), choices: yesNo(about) },
        again: [say('erase-sure-again')],
        about,
      }
    await eraseAll(turn.tx, subject, turn, turn.rules.quietHours, turn.now)
    turn.erased = true
    return { done: [{ parts: said(subject, doing), choices: menu }] }
  },
}

function subjectOf(turn: Turn, slots: Slots): Subject {
  const { id, phone } = turn.contact
  // The number may have been proven since it was offered; other chats of it are not meant.
  if (slots['only'] === 'chat') return { personId: undefined, contact: { id, phone: null } }
  return { personId: turn.speaker?.id, contact: { id, phone } }
}

/** What goes and what stays, before it is too late. */
function question(turn: Turn, { personId }: Subject, { ending, kept, shared }: ToErase): Part[] {
  if (personId === undefined || !turn.speaker) return [say('erase-ask-chat'), say('erase-sure')]
  const facts = (each: ToErase['kept'][number]) => ({
    number: each.number,
    training: each.training.title,
    code: each.trainingCode,
    state: each.state,
  })
  return [
    say('erase-ask', { name: turn.speaker.name }),
    line(shared ? 'erase-goes-shared' : 'erase-goes'),
    ...ending.map((each) => line('erase-ends', facts(each))),
    ...(kept.length > 0 ? [say('erase-stays'), ...kept.map((each) => line('erase-kept', facts(each)))] : []),
    say('erase-roster'),
    say('erase-sure'),
  ]
}

/** No name, number or class: the answer stays when all else is gone. */
function said({ personId }: Subject, { kept, shared }: ToErase): Part[] {
  if (personId === undefined) return [say('erased-chat')]
  return [
    say('erased'),
    ...(kept.length > 0 ? [say('erased-but-kept')] : []),
    ...(shared ? [say('erased-but-shared')] : []),
  ]
}
