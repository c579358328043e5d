/** `npm start`: the main job, from a fresh clone. */
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.js'

const here = (/** @type {string} */ path) =>
  relative(process.cwd(), fileURLToPath(new URL(`../${path}`, import.meta.url)))

build()
const { main } = await import('../dist/cli/index.js')
process.exitCode = await main(['groove', here('examples/bassline.mid'), '-o', here('bassline-groove.mid')])
