/** Says where a folder of Ableton's SDK is: npm's `abletonlink` brings a copy of it. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = dirname(fileURLToPath(import.meta.resolve('abletonlink/package.json')))
process.stdout.write(join(folder, 'libs', 'link', process.argv[2] ?? ''))
