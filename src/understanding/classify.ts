/**
 * A linear classifier of short texts, of our own: one-versus-rest support vector machines, trained together by
 * dual coordinate descent (Hsieh et al., ICML 2008), over words, pairs of words and runs of 2 to 5 characters.
 * It knows nothing of the labels: it is trained with whatever it is given.
 */

export type Example = { text: string; label: string }
export type Ranked = { label: string; confidence: number }

export type Classifier = {
  /** Every label with its confidence, best first; confidences lie between 0 and 1 and sum up to 1. */
  classify(text: string): Ranked[]
}

export type ClassifierOptions = {
  /** Brings texts into the form that is looked at; for training and classifying alike. Default: lower case. */
  prepare?: (text: string) => string
  /** Texts that stand for one example in training, besides itself, such as the same with typing errors. */
  vary?: (text: string, random: () => number) => string[]
  /** Seed of the order in which examples are seen. */
  seed?: number
  /** Passes over the examples. */
  epochs?: number
  /** How much a training error costs. */
  cost?: number
  /** How much words weigh against characters, 0 to 1. */
  wordWeight?: number
  /** Tune */
  x?: Record<string, number>
}

const shortestRun = 2
const longestRun = 5

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Hashes of all features of a text: of words first, then of runs of characters. */
type Features = { words: number[]; runs: number[] }

function hashOf(text: string, from: number, to: number, kind: number): number {
  let hash = 2_166_136_261 ^ kind
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}

function featuresOf(text: string, x: Record<string, number>): Features {
  const words: number[] = []
  const runs: number[] = []
  const all = text.split(' ').filter((w) => w !== '')
  const marked = ['^', ...all, '$']
  for (let i = 1; i < marked.length; i++) {
    const word = marked[i] ?? ''
    if (i < marked.length - 1) words.push(hashOf(word, 0, word.length, 1))
    const pair = `${marked[i - 1]} ${word}`
    words.push(hashOf(pair, 0, pair.length, 1))
    if (x['skip'] && i > 1) { const s = `${marked[i - 2]} * ${word}`; words.push(hashOf(s, 0, s.length, 1)) }
    if (x['tri'] && i > 1) { const s = `${marked[i - 2]} ${marked[i - 1]} ${word}`; words.push(hashOf(s, 0, s.length, 1)) }
  }
  if (x['len']) { const l = `#${all.length < 5 ? all.length : all.length < 8 ? 6 : all.length < 14 ? 10 : 20}`; words.push(hashOf(l, 0, l.length, 3)) }
  if (x['stem']) for (const w of all) { const st = w.replace(/^(meng|meny|mem|men|me|ber|ter|di|peng|pem|pen|pe|ke|se)(?=.{4})/, '').replace(/(kan|an|i|nya)$/, ''); if (st.length>2) words.push(hashOf(st,0,st.length,4)) }
  if (x['uni']) for (let a = 0; a < all.length; a++) for (let b2 = a + 2; b2 < Math.min(all.length, a + x['uni']); b2++) { const s = [all[a], all[b2]].sort().join('~'); words.push(hashOf(s,0,s.length,5)) }
  const body = ` ${all.filter((w) => !w.startsWith('§')).join(' ')} `
  const lo = x['lo'] ?? shortestRun, hi = x['hi'] ?? longestRun
  for (let from = 0; from < body.length; from++)
    for (let length = lo; length <= hi && from + length <= body.length; length++) {
      if (x['wb'] && length > 1 && body.slice(from + 1, from + length - 1).includes(' ')) break
      runs.push(hashOf(body, from, from + length, 2))
    }
  return { words, runs }
}

type Vector = { indices: Int32Array; values: Float32Array }

export function trainClassifier(examples: readonly Example[], options: ClassifierOptions = {}): Classifier {
  const x = options.x ?? {}
  const prepare = options.prepare ?? ((t: string) => t.toLowerCase())
  const random = seededRandom(options.seed ?? 7)
  const labels = [...new Set(examples.map((e) => e.label))].sort()
  const K = labels.length
  const labelIndex = new Map(labels.map((l, i) => [l, i]))
  const texts: string[] = []
  const ys: number[] = []
  const isVar: boolean[] = []
  for (const e of examples) {
    texts.push(prepare(e.text)); ys.push(labelIndex.get(e.label) ?? 0); isVar.push(false)
    if (options.vary) for (const v of options.vary(e.text, random)) { texts.push(prepare(v)); ys.push(labelIndex.get(e.label) ?? 0); isVar.push(true) }
  }
  const feats = texts.map((t) => featuresOf(t, x))
  // df
  const df = new Map<number, number>()
  for (const [fi, f] of feats.entries()) if (!isVar[fi]) for (const h of new Set([...f.words, ...f.runs])) df.set(h, (df.get(h) ?? 0) + 1)
  const minDf = x['minDf'] ?? 2
  const index = new Map<number, number>()
  const idf: number[] = []
  const N = feats.length
  const ND = examples.length
  for (const [h, n] of df) if (n >= minDf) { index.set(h, idf.length); idf.push(x['noidf'] ? 1 : Math.log((ND + 1) / (n + 1)) ** (x['idfp'] ?? 1) + (x['idfadd'] ?? 0)) }
  const wordW = Math.sqrt(options.wordWeight ?? 0.5), runW = Math.sqrt(1 - (options.wordWeight ?? 0.5))
  const vectorOf = (f: Features): Vector => {
    const out = new Map<number, number>()
    for (const [hs, w] of [[f.words, wordW], [f.runs, runW]] as const) {
      const tf = new Map<number, number>()
      for (const h of hs) { const i = index.get(h); if (i !== undefined) tf.set(i, (tf.get(i) ?? 0) + 1) }
      let norm = 0
      for (const [i, n] of tf) { const v = (1 + Math.log(n)) * (idf[i] ?? 0); tf.set(i, v); norm += v * v }
      if (x['oov']) norm += x['oov'] * hs.filter((h) => !index.has(h)).length
      norm = Math.sqrt(norm) || 1
      for (const [i, v] of tf) out.set(i, (v / norm) * w)
    }
    if (x['nov']) {
      let a = 0, b = 0
      for (const h of f.words) if (index.has(h)) a++
      for (const h of f.runs) if (index.has(h)) b++
      const base = idf.length + 1
      out.set(base + Math.min(5, Math.floor(6 * (1 - a / Math.max(1, f.words.length)))), x['nov'])
      out.set(base + 6 + Math.min(5, Math.floor(6 * (1 - b / Math.max(1, f.runs.length)))), x['nov'])
    }
    if (x['bias']) out.set(idf.length, x['bias'])
    return { indices: Int32Array.from(out.keys()), values: Float32Array.from(out.values()) }
  }
  const vectors = feats.map(vectorOf)
  const W = new Float32Array((idf.length + 14) * K)
  const scores = new Float64Array(K)
  const score = (v: Vector, into: Float64Array) => {
    into.fill(0)
    for (let j = 0; j < v.indices.length; j++) {
      const base = (v.indices[j] as number) * K, val = v.values[j] as number
      for (let k = 0; k < K; k++) into[k] = (into[k] as number) + val * (W[base + k] as number)
    }
  }
  const order = Int32Array.from(vectors.keys())
  const epochs = options.epochs ?? 8, C = options.cost ?? 1
  if (!x['lr']) {
    // L2-loss SVM dual CD, all classes at once
    const alpha = new Float32Array(N * K)
    const delta = new Float32Array(K)
    const pos = x['pos'] ?? 1
    for (let e = 0; e < epochs; e++) {
      for (let i = N - 1; i > 0; i--) { const j = Math.floor(random() * (i + 1)); const t = order[i] as number; order[i] = order[j] as number; order[j] = t }
      for (const i of order) {
        const v = vectors[i] as Vector
        let q = 0
        for (const val of v.values) q += val * val
        score(v, scores)
        let any = false
        const cw = isVar[i] ? (x['varC'] ?? 1) : 1
        for (let k = 0; k < K; k++) {
          const y = ys[i] === k ? 1 : -1
          const c = C * cw * (y > 0 ? pos : 1)
          const d = 1 / (2 * c)
          const a = alpha[i * K + k] as number
          const g = y * (scores[k] as number) - 1 + d * a
          const na = Math.max(a - g / (q + d), 0)
          const ch = (na - a) * y
          delta[k] = ch
          if (ch !== 0) { any = true; alpha[i * K + k] = na }
        }
        if (any) for (let j = 0; j < v.indices.length; j++) {
          const base = (v.indices[j] as number) * K, val = v.values[j] as number
          for (let k = 0; k < K; k++) W[base + k] = (W[base + k] as number) + val * (delta[k] as number)
        }
      }
    }
  } else {
    // multinomial LR, AdaGrad-free SGD with averaging
    const lr0 = x['lr']
    const l2 = x['l2'] ?? 1e-5
    const A = new Float32Array(W.length)
    let t = 0
    for (let e = 0; e < epochs; e++) {
      for (let i = N - 1; i > 0; i--) { const j = Math.floor(random() * (i + 1)); const tt = order[i] as number; order[i] = order[j] as number; order[j] = tt }
      const lr = lr0 / (1 + e * (x['decay'] ?? 0.5))
      for (const i of order) {
        t++
        const v = vectors[i] as Vector
        score(v, scores)
        let m = -Infinity; for (let k = 0; k < K; k++) m = Math.max(m, scores[k] as number)
        let s = 0; for (let k = 0; k < K; k++) { const p = Math.exp((scores[k] as number) - m); scores[k] = p; s += p }
        for (let k = 0; k < K; k++) scores[k] = ((scores[k] as number) / s - (ys[i] === k ? 1 : 0)) * lr
        for (let j = 0; j < v.indices.length; j++) {
          const base = (v.indices[j] as number) * K, val = v.values[j] as number
          for (let k = 0; k < K; k++) W[base + k] = (W[base + k] as number) * (1 - l2 * lr) - val * (scores[k] as number)
        }
      }
    }
    void A; void t
  }
  const temp = x['temp'] ?? 4
  return {
    classify(text) {
      const v = vectorOf(featuresOf(prepare(text), x))
      const s = new Float64Array(K)
      score(v, s)
      let m = -Infinity; for (const q of s) m = Math.max(m, q)
      let sum = 0
      const r = labels.map((label, k) => { const c = Math.exp(((s[k] as number) - m) * temp); sum += c; return { label, confidence: c } })
      for (const q of r) q.confidence /= sum
      return r.sort((p, q) => q.confidence - p.confidence)
    },
  }
}
