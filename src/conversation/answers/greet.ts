import { type Part, say } from '../../texts.ts'
import { type Answer, menu } from '../reply.ts'

/** A greeting in the form of the one that it returns. */
export function greetingPart(text: string): Part {
  return say(/\b(ass?ala\w*|salam|aslm\w*|askum)\b/i.test(text) ? 'greet-salam' : 'greet')
}

/** Returns the greeting in its own form, and says once who answers. */
export const greet: Answer = async (turn) => {
  return {
    parts: [greetingPart(turn.text), say(turn.state.introduced ? 'greet-again' : 'introduction')],
    choices: menu,
  }
}
