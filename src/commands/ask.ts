const agreements = ['ya', 'y']

/**
 * Asks on `output` and reads one line of `input`, no more, so that what follows answers the next question:
 * `ya` or `y` agrees, anything else does not, nor does the end of the input.
 */
export async function ask(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<boolean> {
  output.write(`${question} [ya/tidak] `)
  const line = await readLine(input)
  if (line === undefined) output.write('\n')
  return agreements.includes(line?.trim().toLowerCase() ?? '')
}

/** The next line; undefined at the end of the input. */
async function readLine(input: NodeJS.ReadableStream): Promise<string | undefined> {
  const holder = input as Partial<{ ref(): void; unref(): void }>
  const bytes: number[] = []
  const line = () => Buffer.from(bytes).toString('utf8')
  return await new Promise((resolve, reject) => {
    const settle = (result: string | undefined) => {
      input.off('readable', read).off('end', atEnd).off('close', atEnd).off('error', reject)
      input.pause()
      // An open terminal or pipe would keep the process from ending.
      holder.unref?.()
      resolve(result)
    }
    const atEnd = () => settle(bytes.length > 0 ? line() : undefined)
    const read = () => {
      for (let next = input.read(1); next !== null; next = input.read(1)) {
        const [byte = 0] = Buffer.from(next)
        if (byte === 0x0a) return settle(line())
        bytes.push(byte)
      }
    }
    if (!input.readable) return settle(undefined)
    holder.ref?.()
    input.on('readable', read).on('end', atEnd).on('close', atEnd).on('error', reject)
    read()
  })
}
