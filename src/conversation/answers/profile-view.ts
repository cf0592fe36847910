import { RegistrationState } from '../../database/generated/enums.ts'
import { registrationsOf } from '../../registration/own.ts'
import { line, say } from '../../texts.ts'
import { officeThatWaits } from '../applicant.ts'
import { type Answer, menu } from '../reply.ts'

/** What is stored about who speaks: numbers, offices, consent, registrations. The speaker is known and has consented. */
export const profileView: Answer = async (turn) => {
  const { speaker, tx } = turn
  if (!speaker) throw new Error('profile_view needs a speaker')
  const phones = await tx.personPhone.findMany({ where: { personId: speaker.id }, orderBy: { phone: 'asc' } })
  const waits = await officeThatWaits(turn)
  const registrations = await registrationsOf(tx, speaker.id, Object.values(RegistrationState))
  return {
    parts: [
      say('profile-head', { name: speaker.name }),
      ...phones.map(({ phone }) => line('profile-phone', { phone })),
      ...speaker.positions.map(({ title, cooperative }) =>
        line('profile-position', { title, cooperative: cooperative.name }),
      ),
      ...(waits ? [line('waits-line', { title: waits.title, cooperative: waits.cooperative.name })] : []),
      ...(speaker.consentedAt ? [line('profile-consent', { at: speaker.consentedAt.toISOString() })] : []),
      ...registrations.map(({ number, state, training }) =>
        line('profile-registration', { number, state, title: training.title, code: training.code }),
      ),
      say('profile-rest'),
    ],
    choices: menu,
  }
}
