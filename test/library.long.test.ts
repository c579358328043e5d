import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { blocks, root } from '../scripts/docs/blocks.ts'
import { entries } from '../scripts/docs/library.ts'

const examples = entries.map((entry) => {
  const page = `docs/reference/${entry.page}`
  return { ...entry, text: blocks.find((block) => block.page === page && block.language === 'js')?.text ?? '' }
})
const mark = 'the next example'

it('prints on each page of the library what its example promises', () => {
  // In one process, since each would load the same modules.
  const files = JSON.stringify(examples.map(({ example }) => `./${example}`))
  const program = `for (const file of ${files}) { await import(file); console.log('${mark}') }`
  // A worker that an example starts would inherit options such as --eval.
  const input = `(async () => { ${program} })()`
  const said = execFileSync(process.execPath, { input, cwd: root, encoding: 'utf8' }).split(`${mark}\n`)
  for (const [at, { text }] of examples.entries())
    expect(said[at]).toBe(text.match(/(?:^\/\/ .*\n)+$/m)?.[0].replace(/^\/\/ /gm, ''))
})
