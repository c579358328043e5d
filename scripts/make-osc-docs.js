/** `node scripts/make-osc-docs.js`: writes docs/osc.md from the lists that the code itself reads. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.js'

build()
const { oscDocs } = await import('../dist/devices/osc/docs.js')
writeFileSync(join(import.meta.dirname, '..', 'docs', 'osc.md'), oscDocs())
