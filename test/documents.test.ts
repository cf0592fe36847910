import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { channelNames } from '../src/channels/channel.ts'
import { settingNames } from '../src/config.ts'
import { refusals } from '../src/registration/eligibility.ts'
import { loadTexts } from '../src/texts.ts'

const readme = readFileSync('README.md', 'utf8')

/** Names in backticks in the first column of the README's table under a heading. */
function firstColumn(heading: string): string[] {
  const section = readme.split(new RegExp(`^## ${heading}$`, 'm'))[1]?.split(/^## /m)[0] ?? ''
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name)
}

/** The TypeScript source of the service, whole. */
function source(): string {
  return readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .filter((entry) => !entry.parentPath.includes('generated'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}

describe('the README names', () => {
  it('every setting that there is, and no other', () => {
    expect(firstColumn('Settings').toSorted()).toEqual([...settingNames].toSorted())
  })

  it('every command that there is, and no other', () => {
    const main = readFileSync('src/main.ts', 'utf8')
    const top = [...main.matchAll(/program\s*\.command\('([\w-]+)/g)].map(([, name = '']) => name)
    const named = firstColumn('Commands').map((name) => name.split(' ')[0] ?? '')
    expect([...new Set(named)].toSorted()).toEqual([...new Set(top)].toSorted())
  })

  it('files that there are', () => {
    const linked = [...readme.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(([, path = '']) => path)
    expect(linked.length).toBeGreaterThan(3)
    for (const path of linked) expect(() => readFileSync(path), path).not.toThrow()
  })
})

describe('the texts', () => {
  const texts = loadTexts()
  const keys = texts.keys('id')
  const code = source()

  it('hold every key that the code names', () => {
    const named = [...code.matchAll(/(?:\bsay|\bline|\bsentence|\bword)\(\s*'([a-z][\w-]+)'/g)].map(
      ([, key = '']) => key,
    )
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter((key) => !keys.includes(key))).toEqual([])
  })

  it('hold the keys that the code puts together', () => {
    const together = [
      ...refusals.map((refusal) => `refused-${refusal}`),
      ...['voice', 'picture', 'sticker', 'document', 'location', 'other'].map(
        (kind) => `cannot-read-${kind}`,
      ),
    ]
    expect(together.filter((key) => !keys.includes(key))).toEqual([])
  })

  it('are all used', () => {
    const files = readdirSync('locales/id').filter((name) => name.endsWith('.ftl'))
    const own = files.map((name) => readFileSync(join('locales/id', name), 'utf8')).join('\n')
    const beginnings = [...code.matchAll(/`([a-z][a-z-]*-)\$\{/g)].map(([, beginning = '']) => beginning)
    const used = (key: string) =>
      code.includes(`'${key}'`) ||
      own.includes(`{ ${key} }`) ||
      beginnings.some((beginning) => key.startsWith(beginning))
    expect(keys.filter((key) => !used(key))).toEqual([])
  })
})

/** Words of the office's spreadsheets, which are Indonesian whatever an officer's language is. */
const forStaffOnly = new Set(['reports.ftl'])

/** Of each message to officers in a language, the facts that it and the words it is made of need. */
function factsOf(locale: string): Map<string, string[]> {
  const files = readdirSync(`locales/${locale}`).filter(
    (name) => name.endsWith('.ftl') && !forStaffOnly.has(name),
  )
  const all = files.map((name) => readFileSync(join('locales', locale, name), 'utf8')).join('\n')
  const bodies = new Map(
    [...all.matchAll(/^([a-z][\w-]*) =((?:.*)(?:\n(?:[ \t].*)?)*)/gm)].map(([, key = '', body = '']) => [
      key,
      body,
    ]),
  )
  const needed = (key: string): string[] => {
    const body = bodies.get(key) ?? ''
    const words = [...body.matchAll(/\{ ([a-z][\w-]*) \}/g)].flatMap(([, word = '']) => needed(word))
    return [...[...body.matchAll(/\$(\w+)/g)].map(([, fact = '']) => fact), ...words]
  }
  return new Map([...bodies.keys()].map((key) => [key, [...new Set(needed(key))].toSorted()]))
}

describe.each(readdirSync('locales').filter((name) => name !== 'id'))('the language %s', (locale) => {
  const [indonesian, other] = [factsOf('id'), factsOf(locale)]

  it('has every text, and no other', () => {
    expect([...indonesian.keys()].filter((key) => !other.has(key))).toEqual([])
    expect([...other.keys()].filter((key) => !indonesian.has(key))).toEqual([])
    expect(loadTexts().keys(locale).toSorted()).toEqual([...other.keys()].toSorted())
  })

  it('needs no fact that the Indonesian text is not given', () => {
    const lacking = [...other].filter(([key, facts]) =>
      facts.some((fact) => !indonesian.get(key)?.includes(fact)),
    )
    expect(lacking).toEqual([])
  })
})

describe('the architecture page', () => {
  const page = readFileSync('docs/architecture.md', 'utf8')

  it('names every channel and every part of the order', () => {
    for (const name of channelNames) expect(page).toContain(name)
    const order = readFileSync('test/architecture.test.ts', 'utf8')
    const parts = [...(order.split('const order')[1]?.split('\n]')[0] ?? '').matchAll(/'([\w-]+)'/g)].map(
      ([, part = '']) => part,
    )
    expect(parts.length).toBeGreaterThan(20)
    const line = /```\nmain · [\s\S]*?```/.exec(page)?.[0] ?? ''
    for (const part of parts) expect(line).toContain(part)
  })
})
