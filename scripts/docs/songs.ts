import { readFileSync } from 'node:fs'
import { actions, isAmount, isChoice, type Setting, settings } from '../../src/session/index.ts'
import { table } from './table.ts'

const page = new URL('../../docs/songs.md', import.meta.url)

/** `docs/songs.md`: the page as it stands, with a line for every action and every setting. */
export function songsDocs(): string {
  const code = (text: string) => `\`${text}\``
  const done = table(
    ['action', 'does'],
    Object.entries(actions).map(([id, { label }]) => [code(id), label]),
  )
  const set = table(
    ['setting', 'is', 'may be', 'at first'],
    Object.entries<Setting>(settings).map(([id, setting]) => [
      code(id),
      setting.label,
      rangeOf(setting),
      JSON.stringify(setting.initial),
    ]),
  )
  return readFileSync(page, 'utf8')
    .replace(/^\| action .*\n(\|.*\n)*/m, `${done}\n`)
    .replace(/^\| setting .*\n(\|.*\n)*/m, `${set}\n`)
}

function rangeOf(setting: Setting): string {
  if (isAmount(setting)) return `${setting.least} to ${setting.most}`
  return isChoice(setting) ? setting.words.map((word) => `"${word}"`).join(', ') : '`true` or `false`'
}
