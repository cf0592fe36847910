import { describe, expect, it } from 'vitest'
import { readEntities } from '../understanding/entities/entities.ts'
import { chosen, consentIn, isAnswerAlone } from './choices.ts'

describe('a choice by what only its label says', () => {
  const labels = ['G3-A · Kelembagaan Pagi, Kam, 10 Des', 'G3-B · Kelembagaan Sore, Sen, 14 Des']
  const choices = labels.map((label) => ({ label, value: { asks: label } }))
  const taken = (text: string) => {
    const read = readEntities(text, new Date('2026-11-25T09:00+07:00'))
    const understanding = {
      text,
      intent: 'inform' as const,
      also: [],
      confidence: 1,
      alternatives: [],
      ...read,
    }
    return chosen(text, understanding, choices)?.label
  }

  it.each([
    ['yang pagi', labels[0]],
    ['ambil yang kelas sore aja pak', labels[1]],
    ['mau yang sore ya', labels[1]],
    ['yang kelembagaan', undefined],
    ['saya pagi ada acara', undefined],
    ['sore', labels[1]],
  ])('%s: %s', (text, label) => expect(taken(text)).toBe(label))
})

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
