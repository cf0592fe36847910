import { setLocale } from '../../contacts/contacts.ts'
import { type Part, say } from '../../texts.ts'
import { type Answer, menu, type Reply, type Turn } from '../reply.ts'

/** Languages in which the bot answers, by their folder of locales/. */
const spoken = [
  { locale: 'id', label: say('choice-speak-id') },
  { locale: 'en', label: say('choice-speak-en') },
]

const english = /\b(english|inggris|inggeris|enggris|eng|omputeh|en)\b/i
const indonesian = /\b(indonesia|indonesian|indo)\b/i
const malay = /\b(melayu|malay|bahase)\b/i
const unwanted =
  /\b(jangan|jgn|bukan|kok|kenapa|mengapa|stop|no|not|don'?t|(tidak|tdk|tak|ga|gak|nggak) (paham|faham|ngerti|mengerti|bisa|pakai|pake))\b/i

/** The language that a text wants; undefined for another one, or none. */
function wantedIn(text: string): string | undefined {
  if (indonesian.test(text)) return 'id'
  if (!english.test(text)) return undefined
  return unwanted.test(text) ? 'id' : 'en'
}

/** Answers in another language from now on, or says which there are. */
export const language: Answer = async (turn) => {
  const wanted = wantedIn(turn.text)
  if (wanted) return await speak(turn, wanted)
  return offered(malay.test(turn.text) ? say('language-malay') : say('language-others'))
}

function offered(part: Part): Reply {
  return {
    parts: [part],
    choices: spoken.map(({ locale, label }) => ({ label, value: { speaks: locale } })),
  }
}

/** The contact's language from this answer on. */
export async function speak(turn: Turn, locale: string): Promise<Reply> {
  if (!spoken.some((each) => each.locale === locale)) return offered(say('language-others'))
  await setLocale(turn.tx, turn.contact.id, locale)
  turn.contact = { ...turn.contact, locale }
  return { parts: [say('language-now')], choices: menu }
}
