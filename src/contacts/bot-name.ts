import type { Tx } from '../database/client.ts'

const fact = 'telegram.username'

/** The name under which people find the bot on Telegram, without `@`; undefined before Telegram has said it. */
export async function botName(tx: Tx): Promise<string | undefined> {
  const stored = await tx.fact.findUnique({ where: { name: fact } })
  return typeof stored?.value === 'string' ? stored.value : undefined
}

/** Keeps the name under which people find the bot on Telegram, without `@`: links to it are made from it. */
export async function storeBotName(tx: Tx, username: string): Promise<void> {
  await tx.fact.upsert({
    where: { name: fact },
    create: { name: fact, value: username },
    update: { value: username },
  })
}
