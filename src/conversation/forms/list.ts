import type { FormIntent } from '../answers/list.ts'
import type { FormName } from '../state.ts'
import { accept } from './accept.ts'
import { cancel } from './cancel.ts'
import { change } from './change.ts'
import { colleague } from './colleague.ts'
import type { Form } from './form.ts'
import { identify } from './identify.ts'
import { register } from './register.ts'
import { substitute } from './substitute.ts'

export const forms: Record<FormName, Form> = {
  identify,
  register,
  cancel,
  change,
  substitute,
  colleague,
  accept,
}

export const formOfIntent: Record<FormIntent, FormName> = {
  register: 'register',
  cancel_registration: 'cancel',
  change_session: 'change',
  replace_participant: 'substitute',
}

export function isFormIntent(intent: string): intent is FormIntent {
  return intent in formOfIntent
}

export function isFormName(name: string): name is FormName {
  return name in forms
}
