import type { FullTraining } from '../programme/trainings.ts'
import { storeCalendar } from '../registration/calendar-file.ts'
import type { Reply, Turn } from './reply.ts'

/** What follows the confirmation of a seat, so that the officer's phone has the sessions in its calendar. */
export async function calendarOf(
  { tx, now }: Turn,
  training: FullTraining,
): Promise<Pick<Reply, 'calendar'>> {
  const file = await storeCalendar(tx, training, now)
  return file === undefined ? {} : { calendar: { file, code: training.code } }
}
