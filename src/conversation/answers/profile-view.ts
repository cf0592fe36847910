import { RegistrationState } from '../../database/generated/enums.ts'
import { attendedBy } from '../../registration/completion.ts'
import { registrationsOf } from '../../registration/own.ts'
import { line, say } from '../../texts.ts'
import { type Answer, menu } from '../reply.ts'

/** What is stored about who speaks: numbers, offices, consent, registrations. The speaker is known and has consented. */
export const profileView: Answer = async (turn) => {
  const { speaker, tx } = turn
  if (!speaker) throw new Error('profile_view needs a speaker')
  const phones = await tx.personPhone.findMany({ where: { personId: speaker.id }, orderBy: { phone: 'asc' } })
  const registrations = await registrationsOf(tx, speaker.id, Object.values(RegistrationState))
  const attended = await attendedBy(
    tx,
    registrations.map(({ id }) => id),
  )
  return {
    parts: [
      say('profile-head', { name: speaker.name }),
      ...phones.map(({ phone }) => line('profile-phone', { phone })),
      ...speaker.positions.map(({ title, cooperative }) =>
        line('profile-position', { title, cooperative: cooperative.name }),
      ),
      ...(speaker.consentedAt ? [line('profile-consent', { at: speaker.consentedAt.toISOString() })] : []),
      ...registrations.flatMap(({ id, number, state, training }) => {
        const counted = attended.get(id)
        return [
          line('profile-registration', { number, state, title: training.title, code: training.code }),
          ...(counted && counted.attended > 0 ? [line('profile-attended', { ...counted })] : []),
        ]
      }),
      say('profile-rest'),
    ],
    choices: menu,
  }
}
