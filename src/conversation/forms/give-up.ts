import type { FullTraining } from '../../programme/trainings.ts'
import { waitInstead } from '../../registration/change.ts'
import type { Officer } from '../../registration/eligibility.ts'
import type { OwnRegistration } from '../../registration/own.ts'
import { placeOnList, waitingCount } from '../../registration/waiting-list.ts'
import { say } from '../../texts.ts'
import { carefulYesOrNo } from '../choices.ts'
import { refusedParts } from '../refusal.ts'
import { menu, type Turn } from '../reply.ts'
import type { Slots } from '../state.ts'
import { type Step, yesNo } from './form.ts'

/** The answer to whether the seat is given up: it is lost, so only a plain yes counts. */
export function withGiveUp({ text }: Turn, slots: Slots): Slots | undefined {
  const answer = carefulYesOrNo(text)
  return answer ? { ...slots, giveUp: answer } : undefined
}

/** Asks whether a place taken by mistake is given up to wait for a full class, and does so after a yes. */
export async function stepGiveUp(
  turn: Turn,
  officer: Officer,
  held: OwnRegistration,
  training: FullTraining,
  slots: Slots,
): Promise<Step> {
  const { title, code } = held.training
  const facts = { title, code, number: held.number, state: held.state }
  if (slots['giveUp'] === 'no') return { done: [{ parts: [say('change-stays', facts)] }] }
  if (slots['giveUp'] !== 'yes') {
    const about = `give-up/${held.id}/${training.code}`
    const count = await waitingCount(turn.tx, training.code)
    const question = say('give-up-ask', { ...facts, wanted: training.code, count })
    return {
      ask: 'giveUp',
      slots: { ...slots, training: training.code },
      reply: {
        parts: [...refusedParts(training, 'full'), question],
        choices: yesNo(about),
        refused: { training: training.code, why: 'full' },
        topic: { training: training.code, wave: training.waveNumber },
      },
      again: [question],
      about,
    }
  }
  return await wait(turn, officer, held, training)
}

async function wait(
  turn: Turn,
  officer: Officer,
  held: OwnRegistration,
  { code: wanted }: FullTraining,
): Promise<Step> {
  const { tx, now, rules, speaker } = turn
  const result = await waitInstead(tx, officer, held.id, wanted, rules, now)
  if (!('waiting' in result)) return { done: [{ parts: [say('substitute-gone')], choices: menu }] }
  const { waiting, training } = result
  const place = (await placeOnList(tx, waiting)) ?? 1
  return {
    done: [
      {
        parts: [
          say('waiting', {
            name: speaker?.name ?? '',
            ...{ title: training.title, code: wanted, place, number: waiting.number },
          }),
          say('waiting-what-then'),
        ],
        topic: { training: wanted, wave: training.waveNumber },
      },
    ],
    did: waiting.id,
  }
}
