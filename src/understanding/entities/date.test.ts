import { describe, expect, it } from 'vitest'
import { found } from '../../../test/entities.ts'
import { readEntities } from './entities.ts'

const tuesday = new Date('2026-11-24T09:00+07:00')
const wanted = (text: string, now = tuesday) => readEntities(text, now).entities

describe('date, said on Tuesday 24 November 2026', () => {
  it.each([
    // words for one day
    ['hari ini', '2026-11-24'],
    ['hr ini ada kelas?', '2026-11-24'],
    ['besok', '2026-11-25'],
    ['bsk pagi', '2026-11-25'],
    ['esok', '2026-11-25'],
    ['lusa', '2026-11-26'],
    ['besok lusa', '2026-11-26'],
    ['kemarin', '2026-11-23'],
    ['file materi kmrn', '2026-11-23'],
    ['tomorrow', '2026-11-25'],
    ['3 hari lagi', '2026-11-27'],
    ['dua minggu lagi', '2026-12-08'],
    ['seminggu lagi', '2026-12-01'],
    ['2 hari yang lalu', '2026-11-22'],
    // weekdays
    ['Sabtu', '2026-11-28'],
    ['hari sabtu', '2026-11-28'],
    ['sabtu ini', '2026-11-28'],
    ['Sabtu depan', '2026-12-05'],
    ['sabtu minggu depan', '2026-12-05'],
    ['minggu depan hari senin', '2026-11-30'],
    ['selasa', '2026-11-24'],
    ['Selasa ini', '2026-11-24'],
    ['selasa depan', '2026-12-01'],
    ['senin', '2026-11-30'],
    ['senin lalu', '2026-11-23'],
    ['sabtu kemarin', '2026-11-21'],
    ['jmt', '2026-11-27'],
    ["jum'at", '2026-11-27'],
    ['hari minggu', '2026-11-29'],
    ['hari ahad', '2026-11-29'],
    ['besok rabu', '2026-11-25'],
    // days of a month
    ['12 Des', '2026-12-12'],
    ['12 desember', '2026-12-12'],
    ['tgl 12 desember 2026', '2026-12-12'],
    ['tanggal dua belas desember', '2026-12-12'],
    ['12/12/26', '2026-12-12'],
    ['12/12/2026', '2026-12-12'],
    ['12-12-2026', '2026-12-12'],
    ['12.12.2026', '2026-12-12'],
    ['2026-12-12', '2026-12-12'],
    ['12/12', '2026-12-12'],
    ['tgl 12/12', '2026-12-12'],
    ['tgl 12', '2026-12-12'],
    ['tgl 24', '2026-11-24'],
    ['tgl 25', '2026-11-25'],
    ['tgl 31', '2026-12-31'],
    ['tanggal 5 bulan depan', '2026-12-05'],
    ['24 november', '2026-11-24'],
    ['23 november', '2027-11-23'],
    ['1 januari', '2027-01-01'],
    ['29 februari', '2028-02-29'],
    ['12des', '2026-12-12'],
    ['tgl12', '2026-12-12'],
    ['12 desembr', '2026-12-12'],
    ['5 nopember 2026', '2026-11-05'],
    ['Sabtu, 12 Desember 2026', '2026-12-12'],
    ['sabtu tgl 12', '2026-12-12'],
    ['desember tgl 12', '2026-12-12'],
  ])('%s is one day', (text, day) => {
    expect(wanted(text).date).toEqual({ from: day, to: day })
  })

  it.each([
    ['minggu ini', '2026-11-23', '2026-11-29'],
    ['minggu depan', '2026-11-30', '2026-12-06'],
    ['mgg dpn', '2026-11-30', '2026-12-06'],
    ['pekan depan', '2026-11-30', '2026-12-06'],
    ['minggu lalu', '2026-11-16', '2026-11-22'],
    ['minggu hadapan', '2026-11-30', '2026-12-06'],
    ['next week', '2026-11-30', '2026-12-06'],
    ['akhir pekan', '2026-11-28', '2026-11-29'],
    ['akhir pekan depan', '2026-12-05', '2026-12-06'],
    ['weekend', '2026-11-28', '2026-11-29'],
    ['akhir bulan', '2026-11-24', '2026-11-30'],
    ['akhir bulan ini', '2026-11-24', '2026-11-30'],
    ['awal bulan depan', '2026-12-01', '2026-12-07'],
    ['awal desember', '2026-12-01', '2026-12-07'],
    ['pertengahan desember', '2026-12-11', '2026-12-20'],
    ['pertengahan bulan depan', '2026-12-11', '2026-12-20'],
    ['akhir februari', '2027-02-22', '2027-02-28'],
    ['pekan ke-2 Desember', '2026-12-08', '2026-12-14'],
    ['minggu kedua bulan desember', '2026-12-08', '2026-12-14'],
    ['minggu pertama desember', '2026-12-01', '2026-12-07'],
    ['minggu ke-5 desember', '2026-12-29', '2026-12-31'],
    ['bulan depan', '2026-12-01', '2026-12-31'],
    ['bulan ini', '2026-11-01', '2026-11-30'],
    ['desember', '2026-12-01', '2026-12-31'],
    ['bulan 12', '2026-12-01', '2026-12-31'],
    ['jadwal bimtek desember di Belakang Padang', '2026-12-01', '2026-12-31'],
    ['januari', '2027-01-01', '2027-01-31'],
    ['gelombang 3 desember', '2026-12-01', '2026-12-31'],
    ['Februari 2027', '2027-02-01', '2027-02-28'],
    ['tahun depan', '2027-01-01', '2027-12-31'],
    ['tgl 12-14 desember', '2026-12-12', '2026-12-14'],
    ['12 s/d 14 des', '2026-12-12', '2026-12-14'],
    ['tgl 12 sampai 14', '2026-12-12', '2026-12-14'],
    ['tanggal 12 sampai dengan tanggal 14 desember', '2026-12-12', '2026-12-14'],
    ['12 dan 13 desember', '2026-12-12', '2026-12-13'],
    ['30 nov - 2 des', '2026-11-30', '2026-12-02'],
    ['28 des sampai 2 januari', '2026-12-28', '2027-01-02'],
    ['senin sampai rabu', '2026-11-30', '2026-12-02'],
    ['sabtu dan minggu', '2026-11-28', '2026-11-29'],
  ])('%s is a stretch', (text, from, to) => {
    expect(wanted(text).date).toEqual({ from, to })
  })

  it.each([
    'tadi pagi',
    'malam-malam',
    'maaf mengganggu malam-malam',
    'dua hari sebelum',
    'ingatkan saya sehari sebelumnya',
    'jam 8 pagi',
    'pkl 13.30',
    'abis jumatan',
    '2 hari',
    'dua minggu',
    'tiap minggu',
    'besok-besok saja',
    'tanggal berapa',
    'bulan apa',
    'hari apa',
    '31 februari',
    '32 desember',
    '0812-3456-7890',
    '+62 812 3456 7890',
    '1/2 porsi',
    '12 desa',
    'h-1',
    'sekarang',
    'kapan-kapan',
    'kemarin-kemarin',
    '12 orang',
    'gelombang 12',
  ])('nothing in: %s', (text) => {
    expect(wanted(text).date).toBeUndefined()
  })

  it.each([
    ['pindah dari tgl 12 ke tgl 14 desember', '2026-12-14'],
    ['bukan sabtu tapi minggu', '2026-11-29'],
    ['besok saya tak bisa, lusa bisa', '2026-11-26'],
    ['dimajukan dari 14 des jadi 12 des', '2026-12-12'],
  ])('%s: the one wanted', (text, day) => {
    expect(wanted(text).date?.from).toBe(day)
  })

  it('counts the day by WIB', () => {
    const afterMidnight = new Date('2026-11-24T17:30:00Z')
    expect(wanted('hari ini', afterMidnight).date?.from).toBe('2026-11-25')
    expect(wanted('rabu', afterMidnight).date?.from).toBe('2026-11-25')
    const beforeMidnight = new Date('2026-11-24T16:59:59Z')
    expect(wanted('hari ini', beforeMidnight).date?.from).toBe('2026-11-24')
  })

  it('knows Saturday and Sunday from within', () => {
    const saturday = new Date('2026-11-28T08:00+07:00')
    expect(wanted('sabtu', saturday).date?.from).toBe('2026-11-28')
    expect(wanted('sabtu depan', saturday).date?.from).toBe('2026-12-05')
    expect(wanted('akhir pekan', saturday).date).toEqual({ from: '2026-11-28', to: '2026-11-29' })
    const sunday = new Date('2026-11-29T08:00+07:00')
    expect(wanted('minggu ini', sunday).date).toEqual({ from: '2026-11-23', to: '2026-11-29' })
    expect(wanted('sabtu depan', sunday).date?.from).toBe('2026-12-05')
    expect(wanted('senin', sunday).date?.from).toBe('2026-11-30')
  })

  it('marks the whole of it', () => {
    expect(found('jadwal tgl 12-14 Desember 2026 ya', 'date')).toEqual([
      ['tgl 12-14 Desember 2026', 7, 30, { from: '2026-12-12', to: '2026-12-14' }],
    ])
  })

  it('finds nothing if now is no date', () => {
    expect(wanted('besok', new Date(Number.NaN)).date).toBeUndefined()
  })
})
