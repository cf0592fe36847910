import { RegistrationState } from '../../database/generated/enums.ts'
import { waitingRequests } from '../../people/profile-requests.ts'
import { theirsSince } from '../../privacy/subject.ts'
import { attendedBy } from '../../registration/completion.ts'
import { registrationsOf } from '../../registration/own.ts'
import { chosenOffsets, inUnits } from '../../reminders/settings.ts'
import { line, type Part, say } from '../../texts.ts'
import { officeThatWaits } from '../applicant.ts'
import { type Answer, menu, type Reply, type Turn } from '../reply.ts'
import { ownDataChoices } from './privacy.ts'

/**
 * What is stored about who speaks: numbers, offices, consent, registrations; of somebody on no roster, this chat.
 * The speaker is known, whether they have consented or not, or is a stranger.
 */
export const profileView: Answer = async (turn) => {
  const { speaker, tx } = turn
  if (!speaker) return await chatView(turn)
  const phones = await tx.personPhone.findMany({ where: { personId: speaker.id }, orderBy: { phone: 'asc' } })
  const waits = await officeThatWaits(turn)
  const registrations = await registrationsOf(tx, speaker.id, Object.values(RegistrationState))
  const attended = await attendedBy(
    tx,
    registrations.map(({ id }) => id),
  )
  const wishes = await waitingRequests(tx, speaker.id)
  return {
    parts: [
      say('profile-head', { name: speaker.name }),
      ...phones.map(({ phone }) => line('profile-phone', { phone })),
      ...speaker.positions.map(({ title, cooperative }) =>
        line('profile-position', { title, cooperative: cooperative.name }),
      ),
      ...(waits ? [line('waits-line', { title: waits.title, cooperative: waits.cooperative.name })] : []),
      speaker.consentedAt
        ? line('profile-consent', { at: speaker.consentedAt.toISOString() })
        : line('profile-no-consent'),
      ...registrations.flatMap(({ id, number, state, training }) => {
        const counted = attended.get(id)
        return [
          line('profile-registration', { number, state, title: training.title, code: training.code }),
          ...(counted && counted.attended > 0 ? [line('profile-attended', { ...counted })] : []),
        ]
      }),
      ...(await reminderParts(turn, speaker.id)),
      ...wishes.map(({ id, field, from, to, ends }) =>
        line('profile-waiting', { number: `UBAH-${id}`, field: ends ? 'ended' : field, from, to }),
      ),
      say('profile-rest'),
    ],
    choices: [
      ...ownDataChoices.slice(0, 1),
      { label: say('choice-update'), value: { asks: 'profile_update' } },
      ...ownDataChoices.slice(1),
    ],
  }
}

/** When they want to be reminded, if they have chosen that themself. */
async function reminderParts({ tx }: Turn, personId: number): Promise<Part[]> {
  const own = (await chosenOffsets(tx, [personId])).get(personId)
  if (!own) return []
  if (own.length === 0) return [line('profile-reminders-off')]
  return own.map((offset) => line('profile-reminder', inUnits(offset)))
}

async function chatView({ tx, contact, now }: Turn): Promise<Reply> {
  const since = await theirsSince(tx, { personId: undefined }, contact)
  const { _count: count, _min: first } = await tx.incomingMessage.aggregate({
    where: { contactId: contact.id, ...(since ? { receivedAt: { gte: since } } : {}) },
    ...{ _count: true, _min: { receivedAt: true } },
  })
  return {
    parts: [say('profile-stranger', { count, since: (first.receivedAt ?? now).toISOString() })],
    choices: [...ownDataChoices, ...menu.slice(0, 1)],
  }
}
