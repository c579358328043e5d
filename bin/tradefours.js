#!/usr/bin/env node
// In a checkout the program builds itself first; an installed package has no sources and is built already.
import { existsSync } from 'node:fs'

if (existsSync(new URL('../src', import.meta.url))) {
  const { build, buildStage } = await import('../scripts/build.js')
  build()
  const [command, ...options] = process.argv.slice(2)
  const servesStage = command === undefined || command.startsWith('--')
  if (servesStage || options.some((option) => option.startsWith('--bridge'))) buildStage()
}
/** @type {string | undefined} */
let trouble
process.stdout.on('error', ({ code }) => {
  // Whoever reads what is printed may have enough, as "head" has: that is no mistake.
  if (code === 'EPIPE') process.exit()
  // Not yet: a host has a performance to keep.
  trouble = code
})
// Where nobody hears what is said, the music goes on.
process.stderr.on('error', () => {})
process.once('exit', () => {
  if (!trouble) return
  process.stderr.write(`What was asked for can't be printed (${trouble}): look where standard output goes.\n`)
  process.exitCode ||= 1
})
const { main } = await import('../dist/cli/index.js')
process.exitCode = await main(process.argv.slice(2))
