import { say } from '../../texts.ts'
import { type Answer, menu } from '../reply.ts'

/** Returns the greeting in its own form, and says once who answers. */
export const greet: Answer = async (turn) => {
  const salam = /\b(ass?ala\w*|salam|aslm\w*|askum)\b/i.test(turn.text)
  return {
    parts: [
      say(salam ? 'greet-salam' : 'greet'),
      say(turn.state.introduced ? 'greet-again' : 'introduction'),
    ],
    choices: menu,
  }
}
