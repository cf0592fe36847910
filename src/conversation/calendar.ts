import type { FullTraining } from '../programme/trainings.ts'
import { storeCalendar } from '../registration/calendar-file.ts'
import type { Reply, Turn } from './reply.ts'

/** What a reply carries so that the officer's phone has the sessions in its calendar. */
export async function calendarOf({ tx, now }: Turn, training: FullTraining): Promise<Pick<Reply, 'file'>> {
  const file = await storeCalendar(tx, training, now)
  return file === undefined ? {} : { file }
}
