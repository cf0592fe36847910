/** A step of the build: `node dist/understanding/write-model.js` trains the classifier, so that no start has to. */
import { writeModel } from './train.ts'

const size = writeModel()
process.stdout.write(`trained: ${(size / 2 ** 20).toFixed(1)} MB\n`)
