import type { Tx } from '../../database/client.ts'
import { type WrittenSheet, writeXlsx } from '../../spreadsheets/write.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Stores a file that goes out with an answer to staff; it is deleted a day later. Returns its id. */
export async function storeFile(
  tx: Tx,
  { name, type, content }: { name: string; type: string; content: Uint8Array },
  now: Date,
): Promise<number> {
  const { id } = await tx.storedFile.create({
    data: { name, type, content: Uint8Array.from(content), createdAt: now },
    select: { id: true },
  })
  return id
}

/** The same for a table as a workbook. */
export async function storeTable(
  tx: Tx,
  name: string,
  sheets: WrittenSheet | WrittenSheet[],
  now: Date,
): Promise<number> {
  const content = await writeXlsx([sheets].flat())
  return await storeFile(tx, { name: `${name}.xlsx`, type: xlsx, content }, now)
}
