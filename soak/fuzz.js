/** `npm run fuzz`: runs `fuzz/main.ts` without compiling it first. */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { build } from '../scripts/build.js'

if (!process.send) build()
const { module } = await runnerImport(fileURLToPath(new URL('fuzz/main.ts', import.meta.url)), { logLevel: 'error' })
process.exitCode = await module.main(process.argv.slice(2))
if (process.send) process.disconnect()
