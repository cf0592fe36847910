import { type Tx, transaction } from '../database/client.ts'
import { type Candidate, findPersons, mostCandidates } from '../people/find-person.ts'
import { type MergePlan, type MergeRefusal, mergePersons, planMerge } from '../planning/merge-persons.ts'
import { audit } from '../staff/audit.ts'
import { ask } from './ask.ts'
import { type CommandContext, withContext } from './context.ts'
import { personLine, titleWords } from './describe-person.ts'

export type MergeOptions = { yes?: boolean }

/** `person merge A B` as it is called from the command line; the exit status. */
export async function runMerge(a: string, b: string, options: MergeOptions): Promise<number> {
  return await withContext((context) => mergeCommand(a, b, options, context))
}

/** Makes B one with A, after showing both and what goes over. */
export async function mergeCommand(
  a: string,
  b: string,
  { yes = false }: MergeOptions,
  context: CommandContext,
): Promise<number> {
  const { db, output, now, actor } = context
  const errors = context.errors ?? process.stderr
  const into = await onePerson(a, context)
  const from = into && (await onePerson(b, context))
  if (!into || !from) return 1
  const plan = await transaction(db, (tx) => planMerge(tx, into.id, from.id))
  if ('refused' in plan) {
    errors.write(`bimtek: not merged: ${reason(plan, into, from)}\n`)
    return 1
  }
  output.write(`${described(plan, into, from)}\n`)
  if (!yes && !(await ask(`Merge ${from.id} into ${into.id}?`, context.input, output))) {
    errors.write('bimtek: not agreed; nothing changed\n')
    return 1
  }
  const done = await transaction(db, (tx) => merge(tx, into.id, from.id, { actor, now }))
  if ('refused' in done) {
    errors.write(`bimtek: not merged: ${reason(done, into, from)}\n`)
    return 1
  }
  output.write(`Merged: ${from.id} is no more, all of it is with ${into.id} ${into.name}.\n`)
  return 0
}

/** Plans anew and merges, with its audit entry: what was shown may have changed while somebody thought. */
async function merge(
  tx: Tx,
  intoId: number,
  fromId: number,
  { actor, now }: { actor: string; now: Date },
): Promise<MergePlan | MergeRefusal> {
  const plan = await planMerge(tx, intoId, fromId)
  if ('refused' in plan) return plan
  await mergePersons(tx, plan)
  const { phones, registrations, positions, doubled, interests, wishes, files } = plan
  const details = {
    ...{ merged: fromId, name: plan.from.name, phones, registrations },
    ...{ positions, doubled: doubled.length, interests, wishes, files },
  }
  await audit(tx, actor, { action: 'person.merge', personId: intoId, details }, now)
  return plan
}

/** The only person who is meant; undefined after saying why there is not one. */
async function onePerson(who: string, context: CommandContext): Promise<Candidate | undefined> {
  const found = await findPersons(context.db, who)
  const [first] = found
  if (first && found.length === 1) return first
  const errors = context.errors ?? process.stderr
  if (!first) errors.write(`bimtek: "${who}" is nobody's id, number or name\n`)
  else {
    const more = found.length === mostCandidates ? '  … perhaps more\n' : ''
    context.output.write(`${found.map((each) => `  ${personLine(each)}\n`).join('')}${more}`)
    errors.write(`bimtek: "${who}" may be several persons; say which one by the id before the name\n`)
  }
  return undefined
}

function reason(refusal: MergeRefusal, into: Candidate, from: Candidate): string {
  switch (refusal.refused) {
    case 'same-person':
      return `both are person ${into.id}`
    case 'gone':
      return 'one of them is no more'
    case 'sample':
      return `${into.sample ? into.id : from.id} is a sample person, the other is not`
    case 'both-registered':
      return `both hold a place in the ${refusal.track} track (${refusal.numbers.join(', ')}); cancel one of them first`
    case 'completed':
      return `one of them has completed the ${refusal.track} track, and the other holds a place in it (${refusal.numbers.join(', ')}); cancel that first`
  }
}

function described(plan: MergePlan, into: Candidate, from: Candidate): string {
  const { phones, doubled, positions, registrations, interests, wishes, files } = plan
  const moves = [
    ...(positions > 0 ? [`${positions} office${positions === 1 ? '' : 's'}, with those ended`] : []),
    ...(phones.length > 0 ? [`numbers ${phones.join(', ')}`] : []),
    ...(registrations.length > 0 ? [`registrations ${registrations.join(', ')}, with attendance`] : []),
    ...(interests > 0 ? [`${interests} waves to be told of`] : []),
    ...(wishes > 0 ? [`${wishes} open wishes`] : []),
    ...(files > 0 ? [`${files} files`] : []),
  ]
  return [
    `stays  ${personLine(into)}`,
    `goes   ${personLine(from)}`,
    ...(moves.length > 0 ? ['Goes over:', ...moves.map((each) => `  ${each}`)] : []),
    ...doubled.map(
      ({ title, cooperative }) => `Both are ${titleWords(title)} ${cooperative.name}: one stays.`,
    ),
  ].join('\n')
}
