import type { FullTraining } from '../../programme/trainings.ts'
import { line, say } from '../../texts.ts'
import { trainingsAskedAbout } from '../about.ts'
import { type Answer, menu } from '../reply.ts'
import { waves } from './schedule-list.ts'

/**
 * Answers with what the office wrote about each training, equal notes once.
 * @param texts keys: before the notes, and when the office wrote nothing
 */
export function trainingNote(
  note: (training: FullTraining) => string,
  texts: { head: string; none: string },
): Answer {
  return async (turn) => {
    const { trainings, topic } = await trainingsAskedAbout(turn)
    if (trainings.length === 0) return { ...(await waves(turn, say('schedule-none-there'))), topic }
    const byNote = new Map<string, string[]>()
    for (const training of trainings.filter((each) => note(each) !== ''))
      byNote.set(note(training), [...(byNote.get(note(training)) ?? []), training.code])
    if (byNote.size === 0) return { parts: [say(texts.none)], choices: menu, topic }
    return {
      parts: [
        say(texts.head),
        ...[...byNote].flatMap(([words, codes]) => [
          say('note-for', { codes: codes.join(', ') }),
          line('note-words', { words }),
        ]),
      ],
      topic,
    }
  }
}
