/** `npm run soak`: runs `main.ts` without compiling it first. */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { build } from '../scripts/build.js'
import { openStageServer, serveBuiltStage } from '../scripts/stage-server.js'

build()
const { module } = await runnerImport(fileURLToPath(new URL('main.ts', import.meta.url)), { logLevel: 'error' })
process.exitCode = await module.main(process.argv.slice(2), { openStageServer, serveBuiltStage })
