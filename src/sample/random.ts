/** Choices that come out the same every time, so that the sample's people stay who they are. */
export type Random = {
  /** From 0 to 1, without 1. */
  next(): number
  of<T>(list: readonly T[]): T
  /** One of the list, by its weight. */
  weighted<T>(list: readonly [T, number][]): T
  shuffled<T>(list: readonly T[]): T[]
}

/** Mulberry32: small, and good enough to make up names. */
export function seededRandom(seed: number): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const of = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error('nothing to choose from')
    return list[Math.floor(next() * list.length)] as T
  }
  return {
    next,
    of,
    weighted: (list) => {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [item, weight] of list) {
        left -= weight
        if (left < 0) return item
      }
      throw new Error('nothing to choose from')
    },
    shuffled: (list) =>
      list
        .map((item) => ({ item, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
  }
}
