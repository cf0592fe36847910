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
  const chunks: Buffer[] = []
  const line = () => Buffer.concat(chunks).toString('utf8')
  return await new Promise((resolve, reject) => {
    const settle = (result: string | undefined) => {
      input.off('readable', read).off('end', atEnd).off('close', atEnd).off('error', reject)
      input.pause()
      // An open terminal or pipe would keep the process from ending.
      holder.unref?.()
      resolve(result)
    }
    const atEnd = () => settle(chunks.length > 0 ? line() : undefined)
    const read = () => {
      for (let next = input.read(); next !== null; next = input.read()) {
        const chunk = Buffer.from(next)
        const end = chunk.indexOf('\n')
        chunks.push(end < 0 ? chunk : chunk.subarray(0, end))
        if (end < 0) continue
        if (end + 1 < chunk.length) input.unshift(chunk.subarray(end + 1))
        return settle(line())
      }
    }
    if (!input.readable) return settle(undefined)
    holder.ref?.()
    input.on('readable', read).on('end', atEnd).on('close', atEnd).on('error', reject)
    read()
  })
}
