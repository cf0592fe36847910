import { areaByCode } from '../areas.ts'
import { toPlain } from '../channels/rich-text.ts'
import type { Tx } from '../database/client.ts'
import type { Wave } from '../database/generated/client.ts'
import type { Choice, OpenQuestion } from '../delivery/content.ts'
import { type FullTraining, findTrainings, isAhead, wave as waveByNumber } from '../programme/trainings.ts'
import { whenLine } from '../programme/when.ts'
import { refusalOfTraining } from '../registration/eligibility.ts'
import { line, loadTexts, type Part, say } from '../texts.ts'
import type { Wanted } from './plan.ts'
import { longestBroadcast } from './text.ts'

export type Announcement = {
  wanted: Wanted
  /** The same with links that lead straight into the registration, for groups. */
  forward: string
  links: Links
}

/** Where an officer begins; undefined where the bot has no name or number yet. */
export type Links = { telegram: string | undefined; whatsapp: string | undefined }

export type AnnounceRefusal =
  | { refused: 'unknown-wave'; waves: number[] }
  | { refused: 'closed'; closes: Date }
  /** None of its classes has a date and takes registrations. */
  | { refused: 'no-classes' }

/** More classes than so many are a list of one line each, and have one button for all. */
const mostButtons = 8

/**
 * A wave's announcement from its data: whom it is for (who may register and has not), its text, and the text to forward.
 * Before the wave opens it is due at its opening, since nobody can register earlier.
 */
export async function announceWave(
  tx: Tx,
  number: number,
  now: Date,
): Promise<Announcement | AnnounceRefusal> {
  const wave = await waveByNumber(tx, number)
  if (!wave) {
    const all = await tx.wave.findMany({ select: { number: true }, orderBy: { number: 'asc' } })
    return { refused: 'unknown-wave', waves: all.map((each) => each.number) }
  }
  if (wave.closes <= now) return { refused: 'closed', closes: wave.closes }
  const trainings = (await findTrainings(tx, { waves: [number] })).filter((each) => isAhead(each, now))
  if (trainings.length === 0) return { refused: 'no-classes' }
  const links = await linksTo(tx, number)
  return {
    wanted: {
      text: inWords([...about(wave, trainings), howToAnswer(trainings)]),
      audience: `eligible=${number}`,
      announces: number,
      ...(wave.opens > now ? { at: wave.opens } : {}),
    },
    forward: inWords([...about(wave, trainings), ...howToBegin(links)]),
    links,
  }
}

/** As plain text: a broadcast has no formatting, and a group of another messenger none of ours. */
function inWords(parts: Part[]): string {
  // A brace in the office's own data is no placeholder.
  return toPlain(loadTexts().join('id', parts)).replaceAll('{', '(').replaceAll('}', ')')
}

function about(wave: Wave, trainings: FullTraining[]): Part[] {
  const head = [
    say('announce-head', { wave: wave.number, title: wave.title }),
    line('announce-window', { opens: wave.opens.toISOString(), closes: wave.closes.toISOString() }),
  ]
  const whole = [...head, ...trainings.flatMap(classParts)]
  if (inWords(whole).length <= longestBroadcast - reserved) return whole
  return [...head, ...shortened(trainings, inWords(head).length)]
}

/** Room for what stands below the classes, and for the names of those for whom it is. */
const reserved = 600

function classParts(training: FullTraining): Part[] {
  const { title, code, track, venue, roles, areas } = training
  return [
    say('announce-class', { title, code }),
    line('training-track', { track }),
    whenLine(training),
    line('training-place-address', { venue: venue.name, address: venue.address }),
    line('announce-for', {
      roles: roles.join(', '),
      areas: areas.map((area) => areaByCode(area)?.name ?? area).join(', '),
    }),
  ]
}

/** A line for each class, as many as there is room for. */
function shortened(trainings: FullTraining[], headLength: number): Part[] {
  const lines = trainings.map(({ title, code }) => line('announce-class-line', { title, code }))
  let room = longestBroadcast - reserved - headLength
  const shown = lines.filter((each) => {
    room -= inWords([each]).length + 1
    return room >= 0
  })
  const left = lines.length - shown.length
  return [...shown, ...(left > 0 ? [line('announce-more', { count: left })] : [])]
}

const howToAnswer = (trainings: FullTraining[]): Part =>
  say('announce-answer', { code: trainings[0]?.code ?? '' })

function howToBegin({ telegram, whatsapp }: Links): Part[] {
  return [
    ...(telegram ? [say('announce-telegram', { link: telegram })] : []),
    ...(whatsapp ? [line('announce-whatsapp', { link: whatsapp })] : []),
  ]
}

/** The question that an announcement asks when it goes out, and its buttons: a class each, or one for all. */
export async function announcementChoices(
  tx: Tx,
  number: number,
  now: Date,
): Promise<{ choices: Choice[]; asks: OpenQuestion } | undefined> {
  const wave = await waveByNumber(tx, number)
  if (!wave || wave.closes <= now) return undefined
  const open = (await findTrainings(tx, { waves: [number] })).filter(
    (training) => refusalOfTraining(training, now) === undefined,
  )
  const asks: OpenQuestion = { kind: 'wave', subject: String(number), deadline: wave.closes.toISOString() }
  if (open.length > mostButtons)
    return { asks, choices: [{ label: say('choice-register'), value: { asks: 'register', wave: number } }] }
  return {
    asks,
    choices: open.map(({ code }) => ({
      label: say('choice-register-class', { code }),
      value: { asks: 'register', training: code },
    })),
  }
}

/** By these names the channels note under which name and number they are found. */
const nameFacts = { telegram: 'telegram.username', whatsapp: 'whatsapp.number' } as const

async function linksTo(tx: Tx, wave: number): Promise<Links> {
  const facts = await tx.fact.findMany({ where: { name: { in: Object.values(nameFacts) } } })
  const noted = (name: string) => facts.find((fact) => fact.name === name)?.value
  const username = noted(nameFacts.telegram)
  const phone = noted(nameFacts.whatsapp)
  const text = encodeURIComponent(`DAFTAR GELOMBANG ${wave}`)
  return {
    telegram:
      typeof username === 'string' ? `https://t.me/${username.replace(/^@/, '')}?start=w-${wave}` : undefined,
    whatsapp:
      typeof phone === 'string' ? `https://wa.me/${phone.replace(/\D/g, '')}?text=${text}` : undefined,
  }
}
