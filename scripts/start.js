/** `npm start`: the main job, from a fresh clone. */
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.js'

const here = (/** @type {string} */ path) =>
  relative(process.cwd(), fileURLToPath(new URL(`../${path}`, import.meta.url)))

build()
const { main } = await import('../dist/cli/index.js')
const bassline = here('examples/bassline.mid')
await main(['groove', bassline, '--fixed'])
process.stdout.write('\n')
process.exitCode = await main(['groove', bassline, '-o', here('bassline-groove.mid')])
