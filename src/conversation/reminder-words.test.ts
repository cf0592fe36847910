import { describe, expect, it } from 'vitest'
import { offsetsIn, type ReminderWish, reminderWish } from './reminder-words.ts'

describe('durations before a session', () => {
  it.each([
    ['ingetin h-1', ['P1D']],
    ['H - 3 dan h-1', ['P3D', 'P1D']],
    ['sehari sebelumnya', ['P1D']],
    ['2 hr sblmnya', ['P2D']],
    ['tiga hari sebelum pelatihan', ['P3D']],
    ['2jam saja', ['PT2H']],
    ['sejam sebelum', ['PT1H']],
    ['setengah jam', ['PT30M']],
    ['90 menit', ['PT90M']],
    ['seminggu sebelumnya', ['P7D']],
    ['dua minggu', ['P14D']],
    ['24 jam', ['P1D']],
    ['three days and an hour before', ['P3D', 'PT1H']],
    ['jam 7 pagi', []],
    ['sehari jangan dua kali ngingetinnya', []],
    ['besok', []],
  ])('%s', (text, offsets) => {
    expect(offsetsIn(text).toSorted()).toEqual(offsets.toSorted())
  })
})

describe('what is wanted', () => {
  const cases: [string, ReminderWish][] = [
    ['pengingat saya apa saja', 'show'],
    ['pengingat', 'show'],
    ['kapan saya akan diingatkan?', 'show'],
    ['pengingat saya aktif tidak', 'show'],
    ['ingatkan saya', 'wish'],
    ['jangan lupa ingatkan saya ya', 'wish'],
    ['ingatkan saya sehari sebelumnya', 'add'],
    ['mau diingatkan seminggu sebelumnya sebab kapal dari Tambelan jarang', 'add'],
    ['tambah pengingat 3 jam', 'add'],
    ['pengingat 2 jam saja', 'set'],
    ['cukup h-1 saja', 'set'],
    ['bisa ga diingatkan dua kali, h-3 dan h-1', 'set'],
    ['jangan terlalu mepet ngasih taunya, minimal 2 hari sebelum', 'set'],
    ['matikan yang 3 hari', 'remove'],
    ['jangan ingatkan 2 jam sebelumnya', 'remove'],
    ['matikan pengingat', 'off'],
    ['off kan reminder', 'off'],
    ['tak payah ingatkan saye lagi', 'off'],
    ['tidak usah diingatkan terus, saya sudah tahu tanggalnya', 'off'],
    ['turn off reminders', 'off'],
    ['hidupkan lagi pengingatnya', 'usual'],
    ['nyalakan pengingat', 'usual'],
    ['turn on reminders', 'usual'],
    ['ingatkan lebih awal', 'earlier'],
    ['pengingatnya kebanyakan', 'fewer'],
    ['pengingat cukup sekali', 'fewer'],
    ['sehari jangan dua kali ngingetinnya', 'fewer'],
    ['ubah pengingat jadi jam 7 pagi', 'time'],
    ['pengingat jangan malam-malam', 'time'],
  ]
  it.each(cases)('%s: %s', (text, wish) => {
    expect(reminderWish(text).wish).toBe(wish)
  })
})
