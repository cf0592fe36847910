import { describe, expect, it } from 'vitest'
import { found, wanted } from '../../../test/entities.ts'

describe('role and position', () => {
  it.each([
    ['ketua', 'pengurus', 'ketua'],
    ['saya ktua kopdes', 'pengurus', 'ketua'],
    ['wakil ketua', 'pengurus', 'wakil_ketua'],
    ['wakil ketua bidang usaha', 'pengurus', 'wakil_ketua'],
    ['wkl ketua bid anggota', 'pengurus', 'wakil_ketua'],
    ['sekretaris', 'pengurus', 'sekretaris'],
    ['sekertaris kami', 'pengurus', 'sekretaris'],
    ['saya bendahara', 'pengurus', 'bendahara'],
    ['bndahara', 'pengurus', 'bendahara'],
    ['bendaharanya', 'pengurus', 'bendahara'],
    ['pengurus', 'pengurus', undefined],
    ['pengurs', 'pengurus', undefined],
    ['pengawas boleh ikut juga?', 'pengawas', undefined],
    ['badan pengawas', 'pengawas', undefined],
    ['dewan pengawas', 'pengawas', undefined],
    ['ketua pengawas', 'pengawas', 'ketua_pengawas'],
    ['ketua badan pengawas', 'pengawas', 'ketua_pengawas'],
    ['anggota pengawas', 'pengawas', 'anggota_pengawas'],
    ['anggota badan pengawas', 'pengawas', 'anggota_pengawas'],
    ['manajer', 'manajer', 'manajer'],
    ['manager koperasi', 'manajer', 'manajer'],
    ['saya cuma anggota', 'anggota', undefined],
    ['anggota biasa boleh ikut?', 'anggota', undefined],
    ['anggota koperasi boleh ikut?', 'anggota', undefined],
    ['suami saya anggota', 'anggota', undefined],
    ['anggota', 'anggota', undefined],
    ['ketua sakit, diwakili sekretaris', 'pengurus', 'sekretaris'],
    ['ketua diganti bendahara', 'pengurus', 'bendahara'],
    ['sekretaris menggantikan ketua', 'pengurus', 'sekretaris'],
    ['bukan ketua tapi manajer', 'manajer', 'manajer'],
    ['dulu sekretaris, sekarang ketua', 'pengurus', 'ketua'],
    ['saya ketua, mau daftarkan bendahara', 'pengurus', 'bendahara'],
    ['sekretaris koperasi desa', 'pengurus', 'sekretaris'],
  ])('%s', (text, role, position) => {
    expect([wanted(text).role, wanted(text).position]).toEqual([role, position])
  })

  it.each([
    'rapat anggota',
    'RAT itu rapat anggota tahunan',
    'simpanan anggota',
    'jumlah anggota koperasi',
    'anggota keluarga',
    'cara menambah anggota',
    'ketua RT',
    'ketua panitia siapa',
    'sekretaris lurah',
    'manajerial',
    'manajemen',
    'sekretariat',
    'pengawasan',
    'wakil dari desa',
    'urus sendiri',
    'bidang anggota',
  ])('nothing in: %s', (text) => {
    expect(wanted(text)).not.toHaveProperty('role')
    expect(wanted(text)).not.toHaveProperty('position')
  })

  it('marks role and position at the same place', () => {
    expect(found('pak, ketua pengawas', 'role')).toEqual([['ketua pengawas', 5, 19, 'pengawas']])
    expect(found('pak, ketua pengawas', 'position')).toEqual([['ketua pengawas', 5, 19, 'ketua_pengawas']])
  })
})
