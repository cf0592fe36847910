import type { FormIntent } from '../answers/list.ts'
import type { FormName } from '../state.ts'
import { cancel } from './cancel.ts'
import type { Form } from './form.ts'
import { identify } from './identify.ts'
import { register } from './register.ts'

export const forms: Record<FormName, Form> = { identify, register, cancel }

export const formOfIntent: Record<FormIntent, FormName> = {
  register: 'register',
  cancel_registration: 'cancel',
}

export function isFormIntent(intent: string): intent is FormIntent {
  return intent in formOfIntent
}
