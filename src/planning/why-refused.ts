import type { Refusal } from '../registration/eligibility.ts'

/** For staff; what the officer is told stands in locales. */
export const whyRefused: Record<Refusal, string> = {
  'wrong-role': 'kelas ini bukan untuk jabatannya.',
  'wrong-area': 'kelas ini bukan untuk wilayah koperasinya.',
  'called-off': 'kelasnya dibatalkan dan belum ada tanggal penggantinya.',
  'not-open-yet': 'pendaftaran gelombangnya belum dibuka.',
  closed: 'pendaftaran gelombangnya sudah ditutup.',
  begun: 'kelasnya sudah dimulai.',
  'already-registered': 'sudah terdaftar di kelas lain pada bidang yang sama.',
  'track-completed': 'sudah menyelesaikan Bimtek bidang ini.',
  overlap: 'jadwalnya bentrok dengan kelas lain yang diikutinya.',
  'cooperative-cap': 'jatah koperasinya di kelas ini sudah terpakai.',
  full: 'kelasnya sudah penuh.',
}
