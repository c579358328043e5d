/** `npm run fuzz`: everything that comes from outside, as nobody wants it, straight from its TypeScript. */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { build } from '../scripts/build.js'

if (!process.send) build()
const { module } = await runnerImport(fileURLToPath(new URL('fuzz/main.ts', import.meta.url)), { logLevel: 'error' })
process.exitCode = await module.main(process.argv.slice(2))
if (process.send) process.disconnect()
