import type { ChoiceValue } from '../delivery/content.ts'
import type { FormState } from './state.ts'

/**
 * Whether a pressed choice answers the question under which it stands, so that the others there are past. One that leads
 * on, such as a menu's, stays useful; one of a question that is past, or was asked anew, answers nothing.
 */
export function settles(pressed: ChoiceValue | undefined, form: FormState | undefined): boolean {
  if (!pressed) return false
  if ('fills' in pressed) return form?.asked === pressed.fills
  if ('answers' in pressed) return form?.about === pressed.about
  return 'offer' in pressed || 'request' in pressed || 'withdraws' in pressed || 'read' in pressed
}
