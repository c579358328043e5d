import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../../', import.meta.url)

/**
 * The folder of what comes with the package: the checkout's own, or, where there are no sources, the stage's copy, for a
 * package has one copy only.
 */
export function shippedFolder(name: 'weights' | 'sounds'): string {
  const isCheckout = existsSync(new URL('src/', root))
  return fileURLToPath(new URL(isCheckout ? `${name}/` : `dist/stage/${name}/`, root))
}
