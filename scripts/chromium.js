/** Finds the Chromium that the browser tests drive. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge']
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
]

/** The path of a Chromium on this system, from CHROMIUM_PATH or the usual places, or undefined. */
function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) return named
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...elsewhere].find(isExecutable)
}

/**
 * The path of a Chromium. Where there is none, Debian's package is installed, unless TRADEFOURS_NO_INSTALL is set.
 *
 * @throws Error with a sentence that says what to do, when there is none.
 */
export function chromium() {
  const found = findChromium() ?? (installFromDebian() ? findChromium() : undefined)
  if (found) return found
  throw new Error('The browser tests need Chromium: install it (or Chrome), or set CHROMIUM_PATH to where it is.')
}

function installFromDebian() {
  if (process.env.TRADEFOURS_NO_INSTALL || !existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return false
  process.stderr.write(
    "The browser tests need Chromium, and none was found: Debian's package chromium is being installed by apt-get. " +
      'To prevent this, set CHROMIUM_PATH to a Chromium or Chrome that you have, or TRADEFOURS_NO_INSTALL=1.\n',
  )
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  apt('update')
  return apt('install', '--yes', '--no-install-recommends', 'chromium').status === 0
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
