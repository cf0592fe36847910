/** Every label a message can get; what each means stands in docs and locales/id/examples. */
export const intents = [
  'greet',
  'thank',
  'goodbye',
  'affirm',
  'deny',
  'help',
  'bot_identity',
  'schedule_list',
  'my_schedule',
  'session_location',
  'session_agenda',
  'register',
  'registration_status',
  'cancel_registration',
  'change_session',
  'replace_participant',
  'seat_availability',
  'eligibility',
  'requirements',
  'allowance',
  'confirm_attendance',
  'report_absence',
  'check_in',
  'certificate',
  'materials',
  'feedback',
  'profile_view',
  'profile_update',
  'reminder_settings',
  'unsubscribe',
  'privacy',
  'language',
  'programme_info',
  'cooperative_question',
  'contact_staff',
  'complaint',
  'out_of_scope',
  'inform',
] as const

export type Intent = (typeof intents)[number]

const known: ReadonlySet<string> = new Set(intents)

/** Whether a label is one of {@link intents}. */
export function isIntent(label: string): label is Intent {
  return known.has(label)
}
