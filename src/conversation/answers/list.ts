import type { Intent } from '../../understanding/intents.ts'
import { type Answer, sentence, word } from '../reply.ts'
import { complaint, confirmAttendance, reportAbsence } from './attendance.ts'
import { contactStaff } from './contact-staff.ts'
import { eligibility } from './eligibility.ts'
import { greet } from './greet.ts'
import { language } from './language.ts'
import { mySchedule } from './my-schedule.ts'
import { privacy } from './privacy.ts'
import { profileView } from './profile-view.ts'
import { programmeInfo } from './programme-info.ts'
import { registrationStatus } from './registration-status.ts'
import { scheduleList } from './schedule-list.ts'
import { seatAvailability } from './seat-availability.ts'
import { sessionAgenda } from './session-agenda.ts'
import { sessionLocation } from './session-location.ts'
import { trainingNote } from './training-note.ts'

/** Intents that begin a form instead; see forms/list.ts. */
export type FormIntent =
  | 'register'
  | 'cancel_registration'
  | 'change_session'
  | 'replace_participant'
  | 'check_in'
  | 'unsubscribe'
  | 'profile_update'
  | 'reminder_settings'

export const answers: Record<Exclude<Intent, FormIntent>, Answer> = {
  greet,
  thank: word('thank'),
  goodbye: word('goodbye'),
  affirm: sentence('affirm-nothing'),
  deny: sentence('deny-nothing'),
  help: sentence('help'),
  bot_identity: sentence('bot-identity'),
  schedule_list: scheduleList,
  my_schedule: mySchedule,
  session_location: sessionLocation,
  session_agenda: sessionAgenda,
  registration_status: registrationStatus,
  seat_availability: seatAvailability,
  eligibility,
  requirements: trainingNote((training) => training.requirements, {
    head: 'requirements-head',
    none: 'requirements-none',
  }),
  allowance: trainingNote((training) => training.allowance, {
    head: 'allowance-head',
    none: 'allowance-none',
  }),
  confirm_attendance: confirmAttendance,
  report_absence: reportAbsence,
  certificate: sentence('certificate'),
  materials: sentence('materials'),
  feedback: sentence('feedback'),
  profile_view: profileView,
  privacy,
  language,
  programme_info: programmeInfo,
  cooperative_question: sentence('cooperative-question'),
  contact_staff: contactStaff,
  complaint,
  out_of_scope: sentence('out-of-scope'),
  inform: scheduleList,
}

/** What is answered instead where a personal question may as well be the public one. */
export const publicInstead: Partial<Record<Intent, Exclude<Intent, FormIntent>>> = {
  my_schedule: 'schedule_list',
}

/** Answers for which the officer must be known and, but for the view of their own data, have consented. */
export const personalAnswers: ReadonlySet<Intent> = new Set([
  'my_schedule',
  'registration_status',
  'profile_view',
])
