import type { Registration } from '../database/generated/client.ts'
import { trainingByCode } from '../programme/trainings.ts'
import { requestsTo } from '../registration/request.ts'
import { answerOffer, offerQuestion } from '../registration/waiting-list.ts'
import { line, say } from '../texts.ts'
import { calendarOf } from './calendar.ts'
import { placeOf, sessionLines } from './describe.ts'
import { asksToGoOn, isRightAfter, plainAnswer } from './plain-answer.ts'
import { menu, type Reply, type Turn } from './reply.ts'
import { aside } from './respond.ts'

const words = /^\W*(ambil|lepas)\s+([a-z0-9-]{2,12})\W*$/i

/** Whether a text answers an offered seat by its word. */
export function isOfferWord(text: string): boolean {
  return words.test(text)
}

const ids = ({ persons }: Turn): number[] => persons.map(({ id }) => id)

/** Whether one of them had such a registration when the turn began; most have not, and nothing is looked up for them. */
export function awaits({ persons }: Turn, state: 'offered' | 'pending'): boolean {
  return persons.some(({ registrations }) => registrations.some((each) => each.state === state))
}

/** Seats that are offered to those for whom this contact speaks. */
export async function openOffers(turn: Turn): Promise<Registration[]> {
  if (!awaits(turn, 'offered')) return []
  return await turn.tx.registration.findMany({
    where: {
      personId: { in: ids(turn) },
      state: 'offered',
      offeredUntil: { gt: turn.now },
    },
  })
}

/**
 * An answer to an offered seat: "AMBIL G3-A", "LEPAS G3-A", or a plain yes or no while nothing else is asked. Only right
 * after the offer is a bare word surely meant for it; a yes at another time meets the offer once more. Undefined when
 * the message is none.
 */
export async function respondToOffer(turn: Turn): Promise<Reply[] | undefined> {
  const [, word, code] = words.exec(turn.text) ?? []
  if (word && code) return [await answerByWord(turn, /ambil/i.test(word), code.toUpperCase())]
  const plain = plainAnswer(turn)
  // What a colleague asks is open as well: which is meant is asked in respondToRequest.
  if (!plain) return undefined
  if (awaits(turn, 'pending') && (await requestsTo(turn.tx, ids(turn), turn.now)).length > 0) return undefined
  const offers = await openOffers(turn)
  const [offer] = offers
  if (!offer) return undefined
  const after = await isRightAfter(turn, (value) => 'offer' in value)
  if (turn.state.form && !after) return undefined
  if (offers.length === 1 && (after || plain.telling))
    return await aside(turn, async () => [await takeOrLeave(turn, offer.id, plain.agrees)])
  if (!after && (asksToGoOn(turn) || plain.assent || !plain.agrees)) return undefined
  return await offersAgain(turn, offers)
}

async function answerByWord(turn: Turn, take: boolean, code: string): Promise<Reply> {
  const offer = (await openOffers(turn)).find(({ trainingCode }) => trainingCode === code)
  return offer ? await takeOrLeave(turn, offer.id, take) : offerGone()
}

async function offersAgain(turn: Turn, offers: Registration[]): Promise<Reply[]> {
  const replies: Reply[] = []
  for (const offer of offers) {
    const training = await trainingByCode(turn.tx, offer.trainingCode)
    const name = turn.persons.find(({ id }) => id === offer.personId)?.name ?? ''
    if (training) replies.push(offerQuestion(offer, name, training))
  }
  return replies
}

/** The same by a button of the offer. */
export async function takeOrLeave(turn: Turn, registrationId: number, take: boolean): Promise<Reply> {
  const { personId } = (await turn.tx.registration.findUnique({ where: { id: registrationId } })) ?? {}
  const person = turn.persons.find(({ id }) => id === personId)
  if (!person) return offerGone()
  const result = await answerOffer(turn.tx, person.id, registrationId, take, turn.rules, turn.now)
  if ('gone' in result) return offerGone()
  const { title, code } = result.training
  if ('declined' in result) return { parts: [say('offer-declined', { title, code })], choices: menu }
  turn.planned.push(...result.reminders)
  return {
    parts: [
      say('registered', { name: person.name, number: result.taken.number }),
      say('training-head', { title, code }),
      ...sessionLines(result.training),
      line('training-place', { venue: result.training.venue.name }),
      say('registered-cancel'),
    ],
    location: placeOf(result.training),
    ...(await calendarOf(turn, result.training)),
    topic: { training: code, wave: result.training.waveNumber },
  }
}

function offerGone(): Reply {
  return { parts: [say('offer-gone')], choices: menu }
}
