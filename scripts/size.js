/** How large the stage is, as a host sends it: the promises that it keeps are in {@link budgets}, in bytes. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const stage = fileURLToPath(new URL('../dist/stage/', import.meta.url))

/** What may be asked of a visitor's network. */
export const budgets = { shell: 110_000, sounds: 8_000_000, models: 8_000_000, everything: 14_000_000 }

/**
 * The sizes of the stage as it is built: `shell` is what the page needs to be seen and played, under gzip; the others are
 * files as they are.
 */
export function stageSizes() {
  const files = readdirSync(stage, { recursive: true, encoding: 'utf8' }).filter((file) => !isFolder(file))
  const bytes = (/** @type {string} */ folder) =>
    files.filter((file) => file.startsWith(folder)).reduce((sum, file) => sum + statSync(join(stage, file)).size, 0)
  const page = readFileSync(join(stage, 'index.html'), 'utf8')
  const shell = ['index.html', ...[...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file = '']) => file)]
  return {
    shell: shell.reduce((sum, file) => sum + gzipSync(readFileSync(join(stage, file)), { level: 9 }).length, 0),
    sounds: bytes('sounds'),
    models: bytes('weights'),
    everything: bytes(''),
  }
}

/** @param {string} file */
function isFolder(file) {
  return statSync(join(stage, file)).isDirectory()
}
