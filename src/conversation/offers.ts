import type { Registration } from '../database/generated/client.ts'
import { requestsTo } from '../registration/request.ts'
import { answerOffer } from '../registration/waiting-list.ts'
import { line, say } from '../texts.ts'
import { yesOrNo } from './choices.ts'
import { placeOf, sessionLines } from './describe.ts'
import { menu, type Reply, type Turn } from './reply.ts'

const words = /^\W*(ambil|lepas)\s+([a-z0-9-]{2,12})\W*$/i

/** Whether a text answers an offered seat by its word. */
export function isOfferWord(text: string): boolean {
  return words.test(text)
}

const ids = ({ persons }: Turn): number[] => persons.map(({ id }) => id)

/** Seats that are offered to those for whom this contact speaks. */
export async function openOffers(turn: Turn): Promise<Registration[]> {
  return await turn.tx.registration.findMany({
    where: {
      personId: { in: ids(turn) },
      state: 'offered',
      offeredUntil: { gt: turn.now },
    },
  })
}

/**
 * An answer to an offered seat: "AMBIL G3-A", "LEPAS G3-A", or a plain yes or no while one is offered and nothing
 * else is asked. Undefined when the message is none.
 */
export async function respondToOffer(turn: Turn): Promise<Reply[] | undefined> {
  const [, word, code] = words.exec(turn.text) ?? []
  const answer = word ? undefined : yesOrNo(turn.text, turn.understanding)
  if (!word && (!answer || turn.state.form || turn.text.split(/\s+/).length > 3)) return undefined
  // What a colleague asks is open as well: which is meant is asked in respondToRequest.
  if (!word && (await requestsTo(turn.tx, ids(turn), turn.now)).length > 0) return undefined
  const offers = await openOffers(turn)
  const meant = code ? offers.filter(({ trainingCode }) => trainingCode === code.toUpperCase()) : offers
  const [offer] = meant
  if (!offer || (!word && meant.length > 1)) return word ? [offerGone()] : undefined
  return [await takeOrLeave(turn, offer.id, word ? /ambil/i.test(word) : answer === 'yes')]
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
    topic: { training: code, wave: result.training.waveNumber },
  }
}

function offerGone(): Reply {
  return { parts: [say('offer-gone')], choices: menu }
}
