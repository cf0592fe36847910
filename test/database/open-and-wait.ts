/** Opens the embedded server on a folder, and stays until it is killed. */
import { embeddedServer } from '../../src/database/embedded.ts'

await embeddedServer(process.argv[2] ?? '')
process.stdout.write('open\n')
setInterval(() => {}, 1_000)
