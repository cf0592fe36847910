import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))

export type Child = {
  pid: number
  /** All that it has printed so far. */
  output(): string
  errors(): string
  /** Resolves when its output holds the text. */
  prints(text: string | RegExp, timeoutMs?: number): Promise<void>
  write(text: string): void
  end(): void
  kill(signal: NodeJS.Signals): void
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
}

const children = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** Runs one of the project's TypeScript files in a process of its own. */
export function run(file: string, args: string[], environment: Record<string, string> = {}): Child {
  return command(process.execPath, ['--import', 'tsx', file, ...args], environment)
}

export function command(program: string, args: string[], environment: Record<string, string> = {}): Child {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(program, args, {
    cwd: root,
    env: { PATH, HOME, NO_COLOR: '1', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  children.add(child)
  let output = ''
  let errors = ''
  const heard: (() => void)[] = []
  const add = (to: 'output' | 'errors') => (chunk: Buffer) => {
    if (to === 'output') output += chunk
    else errors += chunk
    for (const tell of heard) tell()
  }
  child.stdout.on('data', add('output'))
  child.stderr.on('data', add('errors'))
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once('close', (code, signal) => {
      children.delete(child)
      resolve(code ?? signal ?? 1)
    }),
  )
  const prints = (text: string | RegExp, timeoutMs = 60_000) =>
    new Promise<void>((resolve, reject) => {
      const found = () => (typeof text === 'string' ? output.includes(text) : text.test(output))
      const fail = (why: string) => reject(new Error(`${why}; wanted ${text}\n${output}\n${errors}`))
      const timer = setTimeout(() => fail(`nothing for ${timeoutMs} ms`), timeoutMs)
      const look = () => {
        if (!found()) return
        clearTimeout(timer)
        resolve()
      }
      heard.push(look)
      look()
      void ended.then((code) => {
        clearTimeout(timer)
        if (!found()) fail(`ended with ${code}`)
      })
    })
  return {
    pid: child.pid ?? 0,
    output: () => output,
    errors: () => errors,
    prints,
    write: (text) => void child.stdin.write(text),
    end: () => child.stdin.end(),
    kill: (signal) => void child.kill(signal),
    ended,
  }
}
