#!/usr/bin/env node
// In a checkout the program builds itself first; an installed package has no sources and is built already.
import { existsSync } from 'node:fs'

if (existsSync(new URL('../src', import.meta.url))) {
  const { build, buildStage } = await import('../scripts/build.js')
  build()
  const command = process.argv[2]
  if (command === undefined || command.startsWith('--')) buildStage()
}
// Whoever reads what is printed may have enough, as "head" has: that is no mistake.
process.stdout.on('error', ({ code }) => code === 'EPIPE' && process.exit())
const { main } = await import('../dist/cli/index.js')
process.exitCode = await main(process.argv.slice(2))
