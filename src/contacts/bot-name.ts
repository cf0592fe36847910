import type { Tx } from '../database/client.ts'

const fact = 'telegram.username'

/** Keeps the name under which people find the bot on Telegram, without `@`: links to it are made from it. */
export async function storeBotName(tx: Tx, username: string): Promise<void> {
  await tx.fact.upsert({
    where: { name: fact },
    create: { name: fact, value: username },
    update: { value: username },
  })
}
