#!/usr/bin/env node
import { Argument, Command, CommanderError, Option } from 'commander'
import { UsageError } from './commands/usage.ts'

const program = new Command('bimtek')
  .description(
    'Tells officers of village cooperatives when and where their training is, registers and reminds them',
  )
  .exitOverride()
  .showHelpAfterError('(bimtek --help lists the commands)')

program
  .command('start')
  .description('run the service')
  .option('--roles <roles>', 'only some of web, telegram, worker, joined by commas')
  .action(async (options) => (await import('./commands/start.ts')).startCommand(options))

program
  .command('chat')
  .description('a conversation in the terminal; without --as, as a sample officer')
  .option('--as <phone>', 'as the officer of this number')
  .option('--json', 'read lines of text or JSON, print one JSON object a line')
  .option('--record <file>', 'also write the conversation to a file')
  .action(async (options) => (await import('./commands/chat.ts')).chatCommand(options))

program
  .command('understand')
  .description('text lines in, one JSON object a line out')
  .option('--now <instant>', 'the instant (ISO 8601) by which dates are resolved')
  .action(async (options) =>
    (await import('./commands/understand.ts')).understandCommand(options, process.stdin, process.stdout),
  )

const importing = program.command('import').description('bring in the office’s own data')
importing
  .command('officers <file>')
  .description('a roster as CSV or XLSX')
  .option('--dry-run', 'show what would change, change nothing')
  .option('--errors <file>', 'write the bad rows to this XLSX file, to be mended and brought in again')
  .option('--leavers', 'end the offices that the file does not name any more, in the cooperatives it names')
  .option('--yes', 'ask nothing')
  .option('--json', 'print the result as JSON')
  .action(async (file, options) => {
    process.exitCode = await (await import('./commands/import.ts')).runImport('officers', file, options)
  })
importing
  .command('programme <file>')
  .description('venues, waves, trainings and sessions as JSON or XLSX')
  .option('--dry-run', 'show what would change, change nothing')
  .option('--notify', 'tell those registered of moved sessions')
  .option('--yes', 'ask nothing')
  .option('--json', 'print the result as JSON')
  .action(async (file, options) => {
    process.exitCode = await (await import('./commands/import.ts')).runImport('programme', file, options)
  })
importing
  .command('registrations <file>')
  .description('names from letters as CSV or XLSX, each with its class')
  .option('--dry-run', 'show what would change, change nothing')
  .option('--late', 'who came without being registered: also into a class that has begun, until it is over')
  .option('--yes', 'ask nothing')
  .option('--json', 'print the result as JSON')
  .action(async (file, options) => {
    process.exitCode = await (await import('./commands/import.ts')).runImport('registrations', file, options)
  })

importing
  .command('attendance <file>')
  .description('who was there, from lists on paper typed in as CSV or XLSX; ticks, never unticks')
  .option('--dry-run', 'show what would change, change nothing')
  .option('--yes', 'ask nothing')
  .option('--json', 'print the result as JSON')
  .action(async (file, options) => {
    process.exitCode = await (await import('./commands/import.ts')).runImport('attendance', file, options)
  })

program
  .command('template')
  .description('an empty spreadsheet with headings, examples and allowed values')
  .addArgument(
    new Argument('<what>', 'which').choices(['officers', 'programme', 'registrations', 'attendance']),
  )
  .requiredOption('--out <file>', 'where to write it (.xlsx)')
  .action(async (what, options) =>
    (await import('./commands/template.ts')).templateCommand(what, options.out),
  )

program
  .command('export')
  .description('registrations, attendance, coverage, lists to sign, or the programme as an Excel file')
  .addArgument(
    new Argument('<what>', 'which').choices([
      'registrations',
      'attendance',
      'coverage',
      'sign-in-sheet',
      'programme',
    ]),
  )
  .option('--wave <number>', 'of this wave only')
  .requiredOption('--out <file>', 'where to write it (.xlsx); what stood there is replaced')
  .action(async (what, options) => {
    process.exitCode = await (await import('./commands/export.ts')).runExport(what, options)
  })

const contact = program.command('contact').description('numbers and chats')
contact
  .command('unlink <phone>')
  .description('take a lost phone’s number from its persons and chats')
  .option('--yes', 'ask nothing')
  .action(async (phone, options) => {
    process.exitCode = await (await import('./commands/contact.ts')).runUnlink(phone, options)
  })

const person = program.command('person').description('persons on the roster')
person
  .command('merge <a> <b>')
  .description('make two entries of one person one: all of B goes to A (id, number or name)')
  .option('--yes', 'ask nothing')
  .action(async (a, b, options) => {
    process.exitCode = await (await import('./commands/person.ts')).runMerge(a, b, options)
  })

program
  .command('doctor')
  .description('checks settings, database, queue, channels and data, and says how to mend what is wrong')
  .action(async () => {
    process.exitCode = await (await import('./commands/doctor.ts')).runDoctor()
  })

const approving = program.command('approve').description('what waits for the office to agree')
approving
  .command('list')
  .description('who waits, for what, and what the roster says of them')
  .option('--json', 'print the list as JSON')
  .action(async (options) => {
    process.exitCode = await (await import('./commands/approve.ts')).runApproveList(options)
  })
approving
  .command('yes <id...>')
  .description('agree: the office counts, the registration gets its seat')
  .action(async (ids) => {
    process.exitCode = await (await import('./commands/approve.ts')).runApprove(ids, { agree: true })
  })
approving
  .command('no <id...>')
  .description('say no; who asked is told what they can do')
  .option('--reason <text>', 'why, for who asked')
  .action(async (ids, { reason }) => {
    const decision = { agree: false, ...(reason ? { reason } : {}) } as const
    process.exitCode = await (await import('./commands/approve.ts')).runApprove(ids, decision)
  })

const session = program.command('session').description('move or cancel a meeting, and tell those concerned')
session
  .command('move <session>')
  .description('move it (G3-A/1; or G3-A if that has one session) to another start')
  .requiredOption('--to <instant>', 'the new start, such as 2026-12-12T08:00 (WIB); it keeps its length')
  .option('--reason <text>', 'shown in the notice')
  .option('--dry-run', 'show whom it concerns, change nothing')
  .option('--yes', 'ask nothing')
  .option('--json', 'print the result as JSON')
  .action(async (name, options) => {
    process.exitCode = await (await import('./commands/session.ts')).runSession('move', name, options)
  })
session
  .command('cancel <session>')
  .description('cancel it; registrations stay')
  .option('--reason <text>', 'shown in the notice')
  .option('--dry-run', 'show whom it concerns, change nothing')
  .option('--yes', 'ask nothing')
  .option('--json', 'print the result as JSON')
  .action(async (name, options) => {
    process.exitCode = await (await import('./commands/session.ts')).runSession('cancel', name, options)
  })
session
  .command('status <session>')
  .description('who has read of the newest change, who has not, and whom it did not reach')
  .option('--json', 'print the result as JSON')
  .action(async (name, options) => {
    process.exitCode = await (await import('./commands/session-status.ts')).runSessionStatus(name, options)
  })

const staff = program.command('staff').description('who may use the commands of staff in their own chat')
staff
  .command('add')
  .description('let the holder of a number use them; again to change name or role')
  .requiredOption('--name <name>', 'their name')
  .requiredOption('--phone <phone>', 'the number from which they write')
  .addOption(
    new Option('--role <role>', 'what they may do').choices(['admin', 'petugas']).makeOptionMandatory(),
  )
  .action(async (options) => {
    process.exitCode = await (await import('./commands/staff.ts')).runStaffAdd(options)
  })
staff
  .command('list')
  .description('who is staff, and whether they have written to the bot')
  .option('--json', 'print the list as JSON')
  .action(async (options) => {
    process.exitCode = await (await import('./commands/staff.ts')).runStaffList(options)
  })
staff
  .command('disable <phone>')
  .description('take them away, at once')
  .action(async (phone) => {
    process.exitCode = await (await import('./commands/staff.ts')).runStaffDisable(phone)
  })

const conversation = program.command('conversation').description('what officers wrote and heard')
conversation
  .command('search <text...>')
  .description('conversations by words (typing errors forgiven), names or numbers')
  .option('--json', 'print the result as JSON')
  .action(async (words, options) => {
    process.exitCode = await (await import('./commands/conversation.ts')).runConversationSearch(
      words,
      options,
    )
  })
conversation
  .command('show <id>')
  .description('a conversation’s newest messages, with times in WIB, intents and states')
  .option('--last <count>', 'how many messages (50 if not said)')
  .option('--json', 'print the result as JSON')
  .action(async (id, options) => {
    process.exitCode = await (await import('./commands/conversation.ts')).runConversationShow(id, options)
  })
conversation
  .command('reply <id> [text...]')
  .description('write to the officer as the office; without a text, what stands on standard input')
  .option('--close', 'close the hand-over with it, so that the bot answers again')
  .action(async (id, words, options) => {
    process.exitCode = await (await import('./commands/conversation.ts')).runConversationReply(
      id,
      words,
      options,
    )
  })

const broadcast = program
  .command('broadcast')
  .description('send one text to an audience')
  // What stands behind the name of a subcommand is its own.
  .enablePositionalOptions()
  .option('--text-file <file>', 'the text, with {nama}, {koperasi}, {gelombang} where they belong')
  .option('--audience <expression>', 'whom it is for, such as "wave=3 and status=confirmed"')
  .option('--attach <file>', 'a PDF or picture to go with it, at most 10 MB')
  .option('--at <instant>', 'not before, such as 2026-12-12T08:00 (WIB)')
  .option('--dry-run', 'show the text, whom it reaches and who is left out, send nothing')
  .option('--call-list <file>', 'write those whom it does not reach to this XLSX file')
  .option('--wait', 'show how far it is until it has ended')
  .option('--yes', 'ask nothing')
  .option('--json', 'print the result as JSON')
  .action(async (options) => {
    process.exitCode = await (await import('./commands/broadcast.ts')).runBroadcast(options)
  })
broadcast
  .command('list')
  .description('the newest broadcasts')
  .option('--json', 'print the list as JSON')
  .action(async (options) => {
    const { listCommand, withBroadcasts } = await import('./commands/broadcast.ts')
    process.exitCode = await withBroadcasts((context) => listCommand(options, context))
  })
broadcast
  .command('report <id>')
  .description('what became of one: sent, read, failed and why, uncertain, left out and why')
  .option('--call-list <file>', 'write those whom it has not reached to this XLSX file')
  .option('--json', 'print the report as JSON')
  .action(async (id, options) => {
    const { reportCommand, withBroadcasts } = await import('./commands/broadcast.ts')
    process.exitCode = await withBroadcasts((context) => reportCommand(id, options, context))
  })
for (const [change, does] of [
  ['pause', 'stop at once what has not gone out'],
  ['resume', 'go on with a paused one'],
  ['cancel', 'end it; what has gone out stays'],
] as const)
  broadcast
    .command(`${change} <id>`)
    .description(does)
    .action(async (id) => {
      const { changeCommand, withBroadcasts } = await import('./commands/broadcast.ts')
      process.exitCode = await withBroadcasts((context) => changeCommand(change, id, context))
    })
broadcast
  .command('resend <id>')
  .description('send it once more to those who may not have it')
  .option('--uncertain', 'of whom nobody knows whether it arrived')
  .option('--failed', 'to whom it failed')
  .action(async (id, options) => {
    const { resendCommand, withBroadcasts } = await import('./commands/broadcast.ts')
    process.exitCode = await withBroadcasts((context) => resendCommand(id, options, context))
  })

program
  .command('announce <wave>')
  .description('tell who may register in a wave; the text comes from its data, with one to forward')
  .option('--dry-run', 'show the texts and whom it reaches, send nothing')
  .option('--call-list <file>', 'write those whom it does not reach to this XLSX file')
  .option('--wait', 'show how far it is until it has ended')
  .option('--yes', 'ask nothing')
  .option('--json', 'print the result as JSON')
  .action(async (wave, options) => {
    process.exitCode = await (await import('./commands/announce.ts')).runAnnounce(wave, options)
  })

const demo = program.command('demo').description('the sample programme')
for (const [what, does] of [
  ['load', 'load it into an empty database'],
  ['remove', 'remove all sample data'],
] as const)
  demo
    .command(what)
    .description(does)
    .action(async () => {
      process.exitCode = await (await import('./commands/demo.ts')).runDemo(what)
    })

// A reader that goes away (`bimtek … | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
  process.stderr.write(`bimtek: ${(error as Error).message}\n`)
  process.exit(error instanceof UsageError ? 2 : 1)
}
