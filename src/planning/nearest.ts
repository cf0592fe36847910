import { spellingDistance } from '../areas.ts'

const mostErrors = 3

/** The codes that may be meant by one that is none, at most two, the likeliest first. */
export function nearest(code: string, codes: string[]): string[] {
  const limit = Math.min(mostErrors, Math.floor(code.length / 2))
  const ranked = codes.map((each) => ({ each, distance: spellingDistance(code, each, limit) }))
  return ranked
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 2)
    .map(({ each }) => each)
}
