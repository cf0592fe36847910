import type { Logger } from '../../log.ts'
import type { Texts } from '../../texts.ts'

export type TelegramOptions = {
  /** As BotFather gave it. It appears in no state, log line or {@link Sent}. */
  token: string
  /** Address of the Bot API server, without the token; https://api.telegram.org if not given. */
  apiRoot?: string
  log: Logger
  /** Receive by webhook; by polling if not given. */
  webhook?: WebhookAddress
  /** For the bot's menu of commands and its description; both stay as they are without it. */
  texts?: Texts
  /** Seconds that a poll waits for something to arrive, 1 to 50. Default 30. */
  pollSeconds?: number
  /** Seconds after which a call that sends is given up, its outcome unknown. Default 20. */
  sendSeconds?: number
}

/** Where Telegram brings updates, and by what it is known. */
export type WebhookAddress = {
  /** https://…/telegram, without the secret path. */
  base: string
  /** 1 to 256 characters of A-Z, a-z, 0-9, `_` and `-`, as is `token`: https://core.telegram.org/bots/api#setwebhook */
  path: string
  token: string
}

/** grammY refuses a slash at the end of the address. */
export function apiRootOf({ apiRoot }: Pick<TelegramOptions, 'apiRoot'>): { apiRoot?: string } {
  return apiRoot === undefined ? {} : { apiRoot: apiRoot.replace(/\/+$/, '') }
}
