import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, code]) => code as string)
const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })

it.each(blocks('js'))('a program of the library prints what it says', (program) => {
  const said = program.match(/^\/\/ (.*)$/m)?.[1]
  expect(said).toBeTruthy()
  expect(node('--input-type=module', '--eval', program).trim()).toBe(said)
})

it('the step grid is the one that the command prints', () => {
  const [shown = ''] = blocks('text')
  expect(node('bin/tradefours.js', 'groove', 'examples/seven.mid', '--fixed')).toBe(shown)
})
