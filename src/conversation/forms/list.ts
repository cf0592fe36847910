import type { FormIntent } from '../answers/list.ts'
import type { FormName } from '../state.ts'
import { accept } from './accept.ts'
import { cancel } from './cancel.ts'
import { change } from './change.ts'
import { checkIn } from './check-in.ts'
import { colleague } from './colleague.ts'
import { copy } from './copy.ts'
import { erase } from './erase.ts'
import type { Form } from './form.ts'
import { freeSeat } from './free-seat.ts'
import { identify } from './identify.ts'
import { introduce } from './introduce.ts'
import { profile } from './profile.ts'
import { register } from './register.ts'
import { reminders } from './reminders.ts'
import { substitute } from './substitute.ts'
import { unsubscribe } from './unsubscribe.ts'
import { withdraw } from './withdraw.ts'

export const forms: Record<FormName, Form> = {
  ...{ identify, introduce, register, cancel, change, profile, 'check-in': checkIn },
  ...{ substitute, colleague, accept },
  ...{ 'free-seat': freeSeat, reminders },
  ...{ copy, erase, withdraw, unsubscribe },
}

export const formOfIntent: Record<FormIntent, FormName> = {
  register: 'register',
  cancel_registration: 'cancel',
  change_session: 'change',
  check_in: 'check-in',
  unsubscribe: 'unsubscribe',
  profile_update: 'profile',
  replace_participant: 'substitute',
  reminder_settings: 'reminders',
}

export function isFormIntent(intent: string): intent is FormIntent {
  return intent in formOfIntent
}

export function isFormName(name: string): name is FormName {
  return name in forms
}
