import { describe, expect, it } from 'vitest'
import { loadClassifier } from '../understanding/train.ts'
import { understand } from '../understanding/understand.ts'
import { wishesForOwnData } from './own-data.ts'
import type { Turn } from './reply.ts'

const classifier = loadClassifier()
const wishes = (text: string) =>
  wishesForOwnData({ text, understanding: understand(text, { now: new Date(), classifier }) } as Turn)

describe('what is wished for one’s own data', () => {
  it.each([
    ['minta salinan data saya', ['copy']],
    ['unduh data saya dong min', ['copy']],
    ['tolong kirimkan data saya', ['copy']],
    ['can I get a copy of my personal data', ['copy']],
    ['hapus data saya', ['erase']],
    ['hps smua data sy', ['erase']],
    ['buang data saye dari situ', ['erase']],
    ['hapus data', ['erase']],
    ['saya minta data saya dihapus', ['erase']],
    ['please delete my data', ['erase']],
    ['minta salinan data saya lalu hapus', ['copy', 'erase']],
    ['saya tarik persetujuan', ['withdraw']],
    ['saya cabut izin pakai data saya', ['withdraw']],
    ['withdraw my consent', ['withdraw']],
  ])('%s', (text, forms) => {
    expect(wishes(text)).toEqual(forms)
  })

  it.each([
    'jangan hapus data saya',
    'data saya dipakai untuk apa',
    'data saya disimpan berapa lama',
    'data bendahara kami yang sudah meninggal tolong dihapus',
    'ketua kami minta datanya dihapus dari sistem',
    'foto saya tolong dihapus dari data kalian',
    'hapus pendaftaran saya',
    'batalkan pendaftaran saya',
    'hapus',
    'data saya',
    'saya izin tidak hadir, cabut dulu',
    'minta jadwal',
    'kirim lokasi dong',
  ])('none: %s', (text) => {
    expect(wishes(text)).toEqual([])
  })
})
