import type { Random } from './random.ts'

export type Gender = 'male' | 'female'

/** Names that go together: any given name of the gender with any second name of it. */
type NameGroup = Record<Gender, { given: string[]; second: string[] }>

const words = (list: string): string[] => list.split(',').map((name) => name.trim())

const malayFathers =
  words(`Ismail, Ibrahim, Yusof, Hamzah, Sulaiman, Awang, Daud, Kasim, Mansur, Bakar, Saleh, Atan,
  Jaafar, Osman, Talib, Mahmud, Jantan, Senin, Tahir, Usman, Razali, Latif`)

const malay: NameGroup = {
  male: {
    given:
      words(`Azman, Zulkifli, Syahrul, Ruslan, Jamaluddin, Abdul Rahim, Raja Zainal, Muhammad Hafiz, Hasbullah,
      Amiruddin, Zainuddin, Khairul, Said Faisal, Rosli, Mazlan, Abdul Karim, Idris, Effendi, Norman, Saparudin,
      Tengku Azhar, Badrun, Herman, Iskandar`),
    second: malayFathers,
  },
  female: {
    given:
      words(`Siti Aminah, Rohani, Zubaidah, Nurhayati, Normah, Raja Aisyah, Salmah, Hamidah, Nur Aini, Faridah,
      Zaleha, Mariani, Jamilah, Rosnah, Syarifah, Halimah, Suriani, Azizah, Siti Zainab, Mardiana, Nuraini, Asmah,
      Tengku Ratna, Yanti`),
    second: malayFathers,
  },
}

const javanese: NameGroup = {
  male: {
    given:
      words(`Slamet, Sugeng, Bambang, Agus, Joko, Eko, Tri, Sutrisno, Suparman, Wahyu, Heru, Mulyono, Teguh, Yanto,
      Imam, Budi, Rudi, Supriyadi`),
    second:
      words(`Santoso, Prasetyo, Wibowo, Nugroho, Hartono, Setiawan, Susilo, Purnomo, Widodo, Haryanto, Utomo,
      Cahyono, Raharjo, Kuncoro`),
  },
  female: {
    given:
      words(`Sri, Endang, Wahyuni, Retno, Dwi, Sulastri, Ningsih, Tutik, Sumarni, Dewi, Yuni, Indah, Ratna, Eka,
      Partini, Lilis, Siti, Nanik`),
    second:
      words(`Lestari, Rahayu, Wulandari, Handayani, Astuti, Puspitasari, Utami, Purwanti, Kusumawati, Setyowati,
      Maryani, Hidayati, Susanti, Widyastuti`),
  },
}

const minangClans = words(
  `Tanjung, Chaniago, Koto, Piliang, Sikumbang, Jambak, Guci, Pitopang, Dalimo, Mandailiang`,
)

const minang: NameGroup = {
  male: {
    given:
      words(`Yusrizal, Afrizal, Syafrizal, Zulhendri, Rinaldi, Fauzan, Hendri, Syafril, Nasrul, Edison, Masrizal,
      Jasman, Ermansyah, Doni`),
    second: minangClans,
  },
  female: {
    given:
      words(`Yulinar, Desmawati, Rahmawati, Gusnita, Elvira, Fitriani, Yurnalis, Asnimar, Rosmiati, Ernawati,
      Zuraida, Nofrita, Mulyati, Meri`),
    second: minangClans,
  },
}

const batakClans =
  words(`Simanjuntak, Sitorus, Hutapea, Siregar, Manurung, Sinaga, Tampubolon, Panjaitan, Silalahi,
  Pardede, Situmorang, Hutabarat, Sihombing, Marpaung, Nainggolan, Harahap, Lubis, Nasution`)

const batak: NameGroup = {
  male: {
    given:
      words(`Parlindungan, Sahat, Maruli, Hotman, Binsar, Togar, Poltak, Saut, Bonar, Jonner, Rikardo, Marudut,
      Tumpal, Horas`),
    second: batakClans,
  },
  female: {
    given:
      words(`Rotua, Tiurma, Lamria, Roslinda, Rosmauli, Duma, Hotmaida, Nurmala, Melva, Tiodora, Lasma, Ester,
      Sondang, Rumondang`),
    second: batakClans,
  },
}

const bugisNames =
  words(`Mappangara, Palaguna, Patunru, Mattalatta, Manggabarani, Tolleng, Massarappi, Mappasere, Pabokori,
  Baso, Lamo`)

const bugis: NameGroup = {
  male: {
    given:
      words(`Andi Baharuddin, Ambo Tuo, Syamsuddin, Muhammad Arsyad, Andi Rahman, Daeng Masse, Kamaruddin, Nurdin,
      Jumardi, Sudirman`),
    second: bugisNames,
  },
  female: {
    given: words(
      `Andi Tenri, Hasnah, Besse, Nurjannah, Hasniar, Andi Nurlela, Sitti Hajrah, Marhumah, Jumriah, Suhartini`,
    ),
    second: bugisNames,
  },
}

const chineseNames = words(
  `Tan, Lim, Wijaya, Salim, Halim, Kurniawan, Gunawan, Tanjaya, Hartanto, Ong, Lie, Chandra`,
)

const chinese: NameGroup = {
  male: {
    given: words(`Johan, Edy, Suwandi, Budiman, Hendrik, Jimmy, Kevin, Acai, Tommy, Rudy`),
    second: chineseNames,
  },
  female: {
    given: words(`Meiling, Lily, Susi, Vivian, Fenny, Linda, Aling, Yenny, Christine, Lanny`),
    second: chineseNames,
  },
}

const floresNames =
  words(`Tukan, Kleden, Keraf, Fernandez, Parera, Da Costa, Hayon, Koten, Maran, Lamanepa, Wuran, Seran,
  Kedang, Beding`)

const flores: NameGroup = {
  male: {
    given: words(
      `Yohanes, Petrus, Fransiskus, Yoseph, Markus, Antonius, Blasius, Wilhelmus, Kornelis, Gabriel`,
    ),
    second: floresNames,
  },
  female: {
    given: words(
      `Maria, Theresia, Yustina, Agnes, Veronika, Kristina, Fransiska, Emilia, Katarina, Bernadeta`,
    ),
    second: floresNames,
  },
}

/** Who lives where, in parts of a hundred. */
const mainland: [NameGroup, number][] = [
  [malay, 32],
  [javanese, 23],
  [minang, 14],
  [batak, 14],
  [bugis, 6],
  [chinese, 6],
  [flores, 5],
]
const islands: [NameGroup, number][] = [
  [malay, 72],
  [bugis, 12],
  [flores, 9],
  [chinese, 4],
  [javanese, 3],
]

/** How many different given names of a gender, and second names, the lists hold. */
export function nameCounts() {
  const groups = mainland.map(([group]) => group)
  const count = (names: string[][]) => new Set(names.flat()).size
  return {
    male: count(groups.map((group) => group.male.given)),
    female: count(groups.map((group) => group.female.given)),
    second: count(groups.flatMap((group) => [group.male.second, group.female.second])),
  }
}

/** A made-up name that nobody has yet, and whose given name no colleague has; adds it to both sets. */
export function newName(
  gender: Gender,
  onIsland: boolean,
  taken: Set<string>,
  givenOfColleagues: Set<string>,
  random: Random,
): string {
  for (;;) {
    const { given, second } = random.weighted(onIsland ? islands : mainland)[gender]
    const first = random.of(given)
    const name = `${first} ${random.of(second)}`
    if (taken.has(name) || givenOfColleagues.has(first)) continue
    taken.add(name)
    givenOfColleagues.add(first)
    return name
  }
}
