import type { Choice } from '../../delivery/content.ts'
import { say } from '../../texts.ts'
import type { Answer, Reply } from '../reply.ts'

/** What one can have done with one's own data. */
export const ownDataChoices: Choice[] = [
  { label: say('choice-copy'), value: { begins: 'copy' } },
  { label: say('choice-erase'), value: { begins: 'erase' } },
]

/** What taking one's consent back would do. */
export const withdrawing: Reply = {
  parts: [say('withdraw-what')],
  choices: [{ label: say('choice-withdraw-consent'), value: { begins: 'withdraw' } }],
}

/** How data is used, how long it is kept, and what one can have done with it. */
export const privacy: Answer = async ({ retentionDays }) => ({
  parts: [say('privacy', { days: retentionDays }), say('privacy-rights')],
  choices: [{ label: say('choice-view'), value: { asks: 'profile_view' } }, ...ownDataChoices],
})
