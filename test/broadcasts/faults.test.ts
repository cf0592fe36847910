import { describe, expect, it } from 'vitest'
import { attachmentOf, largestAttachment } from '../../src/broadcasts/attachment.ts'
import { parseAudience } from '../../src/broadcasts/audience.ts'
import { faultPart } from '../../src/broadcasts/fault-words.ts'
import { checkText, fillIn, longestBroadcast } from '../../src/broadcasts/text.ts'
import { loadTexts } from '../../src/texts.ts'

const texts = loadTexts()

/** What staff read about a fault, in their language. */
function said(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    const part = faultPart(error)
    if (part) return texts.join('id', [part])
    throw error
  }
  return ''
}

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1])

describe('staff read what is wrong', () => {
  it.each([
    ['with an audience', () => parseAudience('wave=3 and rolle=x'), '“rolle=x” tidak dikenal'],
    ['with an audience that ends early', () => parseAudience('wave=3 and'), 'masih ada yang kurang'],
    ['with an empty text', () => checkText(' \n', undefined), 'Teksnya kosong'],
    [
      'with a text that is too long',
      () => checkText('a'.repeat(longestBroadcast + 1), 3),
      `${longestBroadcast + 1} huruf`,
    ],
    [
      'with a placeholder',
      () => checkText('Halo {name}', 3),
      '“{name}” tidak dikenal. Yang bisa: {nama}, {koperasi}, {gelombang}',
    ],
    [
      'with a wave that is not named',
      () => checkText('Gelombang {gelombang}', undefined),
      'harus menyebut satu gelombang',
    ],
    ['with a file that is none', () => attachmentOf('a.pdf', Buffer.from('hello')), 'bukan PDF'],
    [
      'with a file that is too large',
      () => attachmentOf('a.png', Buffer.concat([png, Buffer.alloc(largestAttachment)])),
      '10 MB',
    ],
  ])('%s', (_, work, what) => {
    expect(said(work)).toContain(what)
  })

  it('with nothing, where nothing is wrong', () => {
    expect(said(() => parseAudience('not (wave=3|4 or all) and untrained'))).toBe('')
    expect(said(() => checkText('Halo {Nama} { koperasi } {gelombang} :-} {', 3))).toBe('')
    expect(attachmentOf('undangan.pdf', Buffer.from('%PDF-1.7')).type).toBe('application/pdf')
    expect(attachmentOf('foto.dat', png).type).toBe('image/png')
  })
})

it('what is filled in is not read as a placeholder again', () => {
  const [part] = fillIn(
    '{nama} – {koperasi} – {gelombang}',
    [{ name: '{koperasi} $&', cooperatives: ['A'] }],
    3,
  )
  expect(part).toEqual({ free: '{koperasi} $& – A – 3' })
})
