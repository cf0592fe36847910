import type { FormIntent } from '../answers/list.ts'
import type { FormName } from '../state.ts'
import { cancel } from './cancel.ts'
import { change } from './change.ts'
import type { Form } from './form.ts'
import { identify } from './identify.ts'
import { introduce } from './introduce.ts'
import { register } from './register.ts'

export const forms: Record<FormName, Form> = { identify, introduce, register, cancel, change }

export const formOfIntent: Record<FormIntent, FormName> = {
  register: 'register',
  cancel_registration: 'cancel',
  change_session: 'change',
}

export function isFormIntent(intent: string): intent is FormIntent {
  return intent in formOfIntent
}

export function isFormName(name: string): name is FormName {
  return name in forms
}
