import type { FullTraining } from '../../programme/trainings.ts'
import { line, say } from '../../texts.ts'
import { trainingsAskedAbout } from '../about.ts'
import { placeOf } from '../describe.ts'
import type { Answer } from '../reply.ts'
import { waves } from './schedule-list.ts'

/** Where it is held and how to get there: one place whole, several at a glance with a choice. */
export const sessionLocation: Answer = async (turn) => {
  const { trainings, topic } = await trainingsAskedAbout(turn)
  const byVenue = new Map<string, FullTraining[]>()
  for (const training of trainings)
    byVenue.set(training.venueId, [...(byVenue.get(training.venueId) ?? []), training])
  const groups = [...byVenue.values()]
  const [first] = groups[0] ?? []
  if (!first) return { ...(await waves(turn, say('schedule-none-there'))), topic }
  if (groups.length === 1) {
    const { venue } = first
    return {
      parts: [
        say('location-one', {
          venue: venue.name,
          address: venue.address,
          code: first.code,
          title: first.title,
          count: trainings.length,
        }),
        ...(venue.directions ? [say('location-directions', { directions: venue.directions })] : []),
      ],
      location: placeOf(first),
      topic,
    }
  }
  return {
    parts: [
      say('location-several', { count: groups.length }),
      ...groups.flatMap((group) => {
        const [example] = group
        if (!example) return []
        return [
          say('location-line', { venue: example.venue.name, address: example.venue.address }),
          line('location-line-for', { codes: group.map(({ code }) => code).join(', ') }),
        ]
      }),
      say('location-choose'),
    ],
    choices: groups.flatMap(([example]) =>
      example
        ? [
            {
              label: say('choice-venue', { venue: example.venue.name }),
              value: { asks: 'session_location', training: example.code },
            },
          ]
        : [],
    ),
    topic,
  }
}
