import { createHmac, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileName = 'secret-key'
/** Shorter is no key that anybody could not guess. */
const shortest = 32

/**
 * The key with which this installation signs and encrypts: the setting SECRET_KEY, else the one that was made under
 * DATA_DIR, at the first need, for its owner's eyes only. Processes on several machines need the setting.
 * @throws Error for the operator, when it can neither be read nor made
 */
export function secretKey({
  secretKey: given,
  dataDir,
}: {
  secretKey: string | undefined
  dataDir: string
}): string {
  if (given !== undefined) return given
  const file = join(dataDir, fileName)
  try {
    return stored(file) ?? made(dataDir, file)
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message
    throw new Error(
      `SECRET_KEY: ${file} can be neither read nor made (${why}). Set SECRET_KEY, or mend the file's rights.`,
    )
  }
}

function stored(file: string): string | undefined {
  let key: string
  try {
    key = readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  if (key.length < shortest) throw new Error('it is cut short')
  return key
}

/** Of two processes that make one at once, the first wins: a file comes into being whole, or not at all. */
function made(dataDir: string, file: string): string {
  mkdirSync(dataDir, { recursive: true })
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return stored(file) ?? ''
}

/** A secret of its own for each purpose, which tells nothing of the key: 43 characters of A-Z, a-z, 0-9, `_` and `-`. */
export function derivedSecret(key: string, purpose: string): string {
  return createHmac('sha256', key).update(purpose).digest('base64url')
}
