import type { Database } from '../../src/database/client.ts'
import type { PositionTitle, Role, StaffRole } from '../../src/database/generated/enums.ts'

type Officer = {
  phone: string
  name: string
  role: Role
  title: PositionTitle
  area: string
  consented: boolean
  /** No longer in office. */
  left?: boolean
  /** The channel does not prove the number: it is to be shared as a contact. */
  unproven?: boolean
}

/**
 * Who can write in a transcript. Wati and Joko share a number, so do Nia and Tono, and Ratna
 * and Dedi, who has left office; asing and pendatang are on no roster.
 * Sari, Budi, Tuti, Hasan and Yanto are of one cooperative, as are Nur and Edi (of Tanjungpinang).
 */
export const officers: Record<string, Officer> = {
  sari: {
    phone: '+6281100000001',
    name: 'Sari Dewi',
    role: 'pengurus',
    title: 'ketua',
    area: '21.71.09.1003',
    consented: true,
  },
  budi: {
    phone: '+6281100000002',
    name: 'Budi Hartono',
    role: 'pengurus',
    title: 'bendahara',
    area: '21.71.09.1003',
    consented: true,
  },
  rina: {
    phone: '+6281100000003',
    name: 'Rina Marlina',
    role: 'pengawas',
    title: 'anggota_pengawas',
    area: '21.71.03.1004',
    consented: true,
  },
  agus: {
    phone: '+6281100000004',
    name: 'Agus Salim',
    role: 'manajer',
    title: 'manajer',
    area: '21.71.10.1004',
    consented: true,
  },
  mat: {
    phone: '+6281100000005',
    name: 'Mat Yusof',
    role: 'pengurus',
    title: 'ketua',
    area: '21.71.08.1004',
    consented: false,
  },
  wati: {
    phone: '+6281100000006',
    name: 'Wati Lestari',
    role: 'pengurus',
    title: 'sekretaris',
    area: '21.71.04.1003',
    consented: true,
  },
  joko: {
    phone: '+6281100000006',
    name: 'Joko Lelono',
    role: 'pengurus',
    title: 'ketua',
    area: '21.71.04.1003',
    consented: true,
  },
  lia: {
    phone: '+6281100000007',
    name: 'Lia Kartika',
    role: 'pengurus',
    title: 'bendahara',
    area: '21.71.08.1004',
    consented: false,
    unproven: true,
  },
  nia: {
    phone: '+6281100000008',
    name: 'Nia Daniati',
    role: 'pengurus',
    title: 'ketua',
    area: '21.71.05.1003',
    consented: true,
  },
  tono: {
    phone: '+6281100000008',
    name: 'Tono Wijaya',
    role: 'pengurus',
    title: 'bendahara',
    area: '21.71.05.1003',
    consented: false,
  },
  tuti: {
    phone: '+6281100000011',
    name: 'Tuti Handayani',
    role: 'pengurus',
    title: 'sekretaris',
    area: '21.71.09.1003',
    consented: false,
  },
  hasan: {
    phone: '+6281100000012',
    name: 'Hasan Basri',
    role: 'pengawas',
    title: 'anggota_pengawas',
    area: '21.71.09.1003',
    consented: true,
  },
  yanto: {
    phone: '+6281100000013',
    name: 'Yanto Kurnia',
    role: 'manajer',
    title: 'manajer',
    area: '21.71.09.1003',
    consented: true,
  },
  nur: {
    phone: '+6281100000014',
    name: 'Nur Aini',
    role: 'pengurus',
    title: 'ketua',
    area: '21.72.01.1001',
    consented: true,
  },
  edi: {
    phone: '+6281100000015',
    name: 'Edi Susanto',
    role: 'pengurus',
    title: 'bendahara',
    area: '21.72.01.1001',
    consented: true,
  },
  laila: {
    phone: '+6281100000016',
    name: 'Laila Sari',
    role: 'pengurus',
    title: 'sekretaris',
    area: '21.71.03.1004',
    consented: true,
    unproven: true,
  },
  ratna: {
    phone: '+6281100000017',
    name: 'Ratna Juwita',
    role: 'pengurus',
    title: 'ketua',
    area: '21.71.05.1004',
    consented: true,
  },
  dedi: {
    phone: '+6281100000017',
    name: 'Dedi Kurniawan',
    role: 'pengurus',
    title: 'sekretaris',
    area: '21.71.05.1004',
    consented: true,
    left: true,
  },
  asing: { phone: '+6281100000009', name: '', role: 'pengurus', title: 'ketua', area: '', consented: false },
  pendatang: {
    phone: '+6281100000010',
    name: '',
    role: 'pengurus',
    title: 'ketua',
    area: '',
    consented: false,
  },
}

/** Staff of the office, who have written before, and can in a transcript too. */
export const staff: Record<string, { phone: string; name: string; role: StaffRole }> = {
  dewi: { phone: '+6281100000091', name: 'Dewi Anggraini', role: 'petugas' },
  yusuf: { phone: '+6281100000092', name: 'Drs. Yusuf Rahman', role: 'admin' },
}

const wib = (text: string): Date => new Date(`${text}:00+07:00`)

/**
 * A small programme around 25 November 2026: wave 3 is open (G3-A with seats, G3-B with a single one, G3-C for
 * managers; for Tanjungpinang G3-T with one place a cooperative, G3-U on the same day, G3-V and
 * G3-X), wave 4 to come, wave 2
 * closed.
 */
export async function programme(db: Database): Promise<void> {
  await db.venue.create({
    data: {
      id: 'k',
      name: 'Kampus Anggrek',
      address: 'Jalan Melati 1',
      lat: 1.1,
      lon: 104,
      directions: 'Naik bus 7.',
    },
  })
  const waves = [
    { number: 2, title: 'Tahap kedua', opens: wib('2026-10-01T08:00'), closes: wib('2026-10-20T17:00') },
    { number: 3, title: 'Tahap ketiga', opens: wib('2026-11-20T08:00'), closes: wib('2026-12-05T17:00') },
    { number: 4, title: 'Tahap keempat', opens: wib('2026-12-12T08:00'), closes: wib('2027-01-02T17:00') },
  ]
  await db.wave.createMany({ data: waves })
  const all: Role[] = ['pengurus', 'pengawas']
  const classes = [
    {
      code: 'G2-A',
      wave: 2,
      title: 'Kelembagaan Dua',
      track: 'organisation',
      roles: all,
      capacity: 30,
      day: '2026-12-02',
    },
    {
      code: 'G3-A',
      wave: 3,
      title: 'Kelembagaan Pagi',
      track: 'organisation',
      roles: all,
      capacity: 30,
      day: '2026-12-10',
    },
    {
      code: 'G3-B',
      wave: 3,
      title: 'Kelembagaan Sore',
      track: 'organisation',
      roles: all,
      capacity: 1,
      day: '2026-12-14',
    },
    {
      code: 'G3-C',
      wave: 3,
      title: 'Usaha',
      track: 'business',
      roles: ['manajer'] as Role[],
      capacity: 20,
      day: '2026-12-16',
    },
    {
      code: 'G4-A',
      wave: 4,
      title: 'Kelembagaan Empat',
      track: 'organisation',
      roles: all,
      capacity: 30,
      day: '2027-01-08',
    },
    {
      code: 'G3-T',
      wave: 3,
      title: 'Kelembagaan Pinang',
      track: 'organisation',
      roles: all,
      capacity: 30,
      day: '2026-12-17',
      area: '21.72',
      perCooperative: 1,
    },
    {
      code: 'G3-U',
      wave: 3,
      title: 'Usaha Pinang',
      track: 'business',
      roles: all,
      capacity: 30,
      day: '2026-12-17',
      area: '21.72',
    },
    {
      code: 'G3-V',
      wave: 3,
      title: 'Kelembagaan Siang',
      track: 'organisation',
      roles: all,
      capacity: 30,
      day: '2026-12-18',
      area: '21.72',
    },
    {
      code: 'G3-X',
      wave: 3,
      title: 'Kelembagaan Petang',
      track: 'organisation',
      roles: all,
      capacity: 30,
      day: '2026-12-19',
      area: '21.72',
    },
  ] as const
  for (const { code, wave, title, track, roles, capacity, day, ...of } of classes)
    await db.training.create({
      data: {
        ...{
          code,
          waveNumber: wave,
          title,
          track,
          zone: 'mainland',
          areas: ['area' in of ? of.area : '21.71'],
          ...('perCooperative' in of ? { perCooperative: of.perCooperative } : {}),
          capacity,
          venueId: 'k',
        },
        ...{ roles: [...roles], requirements: 'Surat tugas.', allowance: 'Makan siang.' },
        sessions: {
          create: { key: '1', title: 'Tata kelola', starts: wib(`${day}T08:00`), ends: wib(`${day}T16:00`) },
        },
      },
    })
  await people(db)
  await db.staffMember.createMany({
    data: Object.values(staff).map((each) => ({ ...each, createdAt: wib('2026-11-01T08:00') })),
  })
  await db.contact.createMany({
    data: Object.entries(staff).map(([chat, { phone }]) => ({
      ...{ channel: 'telegram', chat, phone, lastHeardAt: wib('2026-11-24T08:00') },
    })),
  })
}

async function people(db: Database): Promise<void> {
  for (const { phone, name, role, title, area, consented, left } of Object.values(officers)) {
    if (!name) continue
    const cooperative = await db.cooperative.upsert({
      where: { areaCode: area },
      create: { areaCode: area, name: `Koperasi ${area}` },
      update: {},
    })
    await db.person.create({
      data: {
        name,
        ...(consented ? { consentedAt: wib('2026-11-01T08:00') } : {}),
        phones: { create: { phone } },
        positions: {
          create: {
            ...{ cooperativeId: cooperative.id, role, title, from: wib('2026-01-01T08:00') },
            ...(left ? { until: wib('2026-10-01T08:00') } : {}),
          },
        },
      },
    })
  }
}
