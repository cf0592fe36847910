import { describe, expect, it } from 'vitest'
import { longestRead, normalise, tokenise } from './normalise.ts'

describe('normalise', () => {
  it.each([
    ['gel 3 kpn mulai?', 'gelombang 3 kapan mulai'],
    ['SAYA MAU DAFTAR', 'saya mau daftar'],
    ['sy nk dftr', 'saya mau daftar'],
    ['mksh bnyk pak', 'terima kasih banyak pak'],
    ['iyaaaa pakkk', 'iya pak'],
    ['kat mane tempatnye', 'di mana tempat'],
    ['bile saye kene datang', 'kapan saya harus datang'],
    ['tempatnya dimana', 'tempat di mana'],
    ['teman2', 'teman'],
    ['teman-teman', 'teman'],
    ['hari2nya', 'hari'],
    ['gel3', 'gelombang 3'],
    ['tgl12', 'tanggal 12'],
    ["jum'at", 'jumat'],
    ['Jum’at', 'jumat'],
    ['tak boleh ke', 'tidak boleh ke'],
    ['hanya tanya', 'hanya tanya'],
    ['peserte', 'peserta'],
    ['ｇｅｌ ３', 'gelombang 3'],
    ['𝗴𝗲𝗹 𝟯', 'gelombang 3'],
    ['2️⃣', '2'],
    ['ok 👍', 'oke 👍'],
    ['da\u200bftar', 'daftar'],
    ['', ''],
    ['… !?', ''],
  ])('%s', (text, expected) => {
    expect(normalise(text)).toBe(expected)
  })
})

describe('tokenise', () => {
  it('keeps places in the text as given', () => {
    const text = '🙏 Gel.  III — kel. Sadai'
    const written = tokenise(text).map(({ start, end }) => text.slice(start, end))
    expect(written).toEqual(['🙏', 'Gel', 'III', 'kel', 'Sadai'])
    for (const { start, end } of tokenise(text)) expect(end).toBeGreaterThan(start)
  })

  it('cuts letters from digits without losing places', () => {
    expect(tokenise('ya gel3').map(({ written, start, end, gap }) => [written, start, end, gap])).toEqual([
      ['ya', 0, 2, ''],
      ['gel', 3, 6, ' '],
      ['3', 6, 7, ''],
    ])
  })

  it('leaves codes whole', () => {
    expect(tokenise('hadir 7kq2').map(({ written }) => written)).toEqual(['hadir', '7kq2'])
  })

  it('reads no further than its limit', () => {
    expect(tokenise('a '.repeat(10_000)).length).toBeLessThanOrEqual(longestRead / 2)
  })

  it.each(['\ud800', '\udc00\ud800', '\u0000', '\u202e\u202d', 'é́́́', 'ﷺ', '٣', '½'])('takes %j', (text) => {
    expect(() => tokenise(text)).not.toThrow()
  })
})
