/** `npm run bench -- NAME [arguments]`: runs one of the benchmarks in this folder. */
const benches: Record<string, () => Promise<{ run(args: string[]): Promise<void> }>> = {
  understanding: () => import('./understanding.ts'),
  reminders: () => import('./reminders.ts'),
  import: () => import('./import.ts'),
  'session-move': () => import('./session-move.ts'),
  turns: () => import('./turns.ts'),
  delivery: () => import('./delivery.ts'),
  'conversation-search': () => import('./conversation-search.ts'),
}

const [name = '', ...args] = process.argv.slice(2)
const bench = benches[name]
if (!bench) {
  process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join('|')} [arguments]\n`)
  process.exit(2)
}
await (await bench()).run(args)
