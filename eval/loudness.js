/** `npm run loudness`: how loud, bright and wide the sound is, straight from its TypeScript. */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { build } from '../scripts/build.js'

build()
// It runs while it is imported: later nothing more could be, and sound in Node is imported when it is needed.
await runnerImport(fileURLToPath(new URL('sound/run.ts', import.meta.url)), { logLevel: 'error' })
