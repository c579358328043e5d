/** `npm start`: the main job, from a fresh clone: the stage, in the browser. */
import { build, buildStage } from './build.js'

build()
buildStage()
const { main } = await import('../dist/cli/index.js')
process.exitCode = await main(process.argv.slice(2))
