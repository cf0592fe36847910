import { describe, expect, it } from 'vitest'
import { consentIn, isAnswerAlone } from './choices.ts'

describe('consent', () => {
  it.each([
    ...[
      'ya',
      'yaa',
      'Ya setuju',
      'iya boleh pak',
      'silakan',
      'ok pak',
      'saya setuju',
      'siap bu, terima kasih',
    ],
    ...[
      'setuju data saya disimpan',
      'boleh, silakan disimpan',
      'yes I agree',
      'Sure!',
      'yes please',
      'ya 👍',
    ],
  ])('is given by “%s”', (text) => expect(consentIn(text)).toBe('yes'))

  it.each([
    ...[
      'tidak',
      'tidak setuju',
      'gak mau',
      'ndak mau pak',
      'jangan',
      'maaf saya tidak bersedia',
      'no thanks',
    ],
    ...["I don't agree", 'I don’t agree', 'saya menolak', 'tak nak'],
  ])('is refused by “%s”', (text) => expect(consentIn(text)).toBe('no'))

  it.each([
    ...[
      'pak mau daftar',
      'saya bukan ketua, saya bendahara',
      'bukan',
      'ya?',
      'ya tapi untuk apa',
      'belum',
      '',
    ],
    ...[
      'ok daftarkan saya',
      'mau tanya dulu',
      'tidak keberatan',
      'ya nama saya Tono',
      'tidak tahu',
      'no hp saya ganti',
    ],
    ...['1', '👍', 'besok saja'],
  ])('is neither given nor refused by “%s”', (text) => expect(consentIn(text)).toBeUndefined())
})

it('words of yes and no name nobody', () => {
  for (const text of ['ya', 'Iya', 'yes', 'tidak', 'No', 'benar pak', 'oke'])
    expect(isAnswerAlone(text)).toBe(true)
  for (const text of ['Yesi', 'Iyan Noor', 'Siap Hutapea', '']) expect(isAnswerAlone(text)).toBe(false)
})
