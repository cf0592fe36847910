import { spellingDistance } from '../areas.ts'

const mostErrors = 3

/** The codes that may be meant by one that is none, at most two, the likeliest first. */
export function nearest(code: string, codes: string[]): string[] {
  const ranked = codes.map((each) => ({ each, distance: spellingDistance(code, each, mostErrors) }))
  return ranked
    .filter(({ distance }) => distance <= mostErrors)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 2)
    .map(({ each }) => each)
}
