import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { pagePolicy } from './src/cli/content-policy.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const stage = join(root, 'src', 'web')
const outDir = join(root, 'dist', 'stage')
const serviceWorker = 'service-worker'

/** Writes the policy into the page itself, for hosts that send no headers: before all that it rules. */
function policyInThePage(): Plugin {
  const charset = '<meta charset="utf-8">'
  const policy = `<meta http-equiv="content-security-policy" content="${pagePolicy}">`
  return { name: 'policy', transformIndexHtml: (html) => html.replace(charset, `${charset}\n    ${policy}`) }
}

/** Puts the models and the sounds beside the page, under their own names. */
function besideThePage(): Plugin {
  const isPlayed = (path: string) => !/\.(md|png)$|(metrics|validation)\.json$/.test(path)
  return {
    name: 'models-and-sounds',
    writeBundle() {
      for (const folder of ['weights', 'sounds']) {
        if (!existsSync(join(root, folder))) continue
        cpSync(join(root, folder), join(outDir, folder), { recursive: true, filter: isPlayed })
      }
    },
  }
}

/** Tells the service worker which files there are, once they all are there. */
function keptOffline(): Plugin {
  return {
    name: 'kept-offline',
    writeBundle() {
      const worker = join(outDir, `${serviceWorker}.js`)
      const files = readdirSync(outDir, { recursive: true, encoding: 'utf8' })
        .map((file) => file.replaceAll('\\', '/'))
        .filter((file) => statSync(join(outDir, file)).isFile() && file !== `${serviceWorker}.js`)
        .sort()
      const hash = createHash('sha256')
      for (const file of files) hash.update(file).update(readFileSync(join(outDir, file)))
      const addresses = files.map((file) => (file === 'index.html' ? './' : file))
      const filledIn = `const stageFiles=${JSON.stringify(addresses)},stageVersion="${hash.digest('hex').slice(0, 12)}";\n`
      writeFileSync(worker, filledIn + readFileSync(worker, 'utf8'))
    },
  }
}

/**
 * Loads the style sheets of a part before it, those that are not there yet. What Vite does for that is much more, and all of it
 * would be in the shell.
 */
function shortPreload(): Plugin {
  const code = `const loaded = {}
const load = (href) => loaded[href] ??= [...document.styleSheets].some((sheet) => sheet.href === href) || new Promise((done, fail) => {
  const link = document.head.appendChild(document.createElement('link'))
  const onerror = () => (link.remove(), delete loaded[href], fail(Error(href)))
  Object.assign(link, { rel: 'stylesheet', href, onload: done, onerror })
})
export const __vitePreload = (part, files, base) =>
  Promise.all(files.map((file) => load(new URL(file, base).href))).then(part)`
  return { name: 'short-preload', transform: (_, id) => (id.endsWith('vite/preload-helper.js') ? code : null) }
}

/** The stage as static files that any server can serve under any path. */
export default defineConfig({
  root: stage,
  base: './',
  publicDir: 'public',
  plugins: [policyInThePage(), shortPreload(), besideThePage(), keptOffline()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // A part fetches what it imports by itself: its list would be in all that the first screen needs.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css')),
    },
    // The score's library is large, and only fetched when the score is opened.
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      input: { index: join(stage, 'index.html'), [serviceWorker]: join(stage, `${serviceWorker}.ts`) },
      output: {
        entryFileNames: ({ name }) => (name === serviceWorker ? '[name].js' : 'assets/[name]-[hash].js'),
        // One file for all that the first screen needs: many small ones are many requests, and pack less well.
        codeSplitting: {
          groups: [{ name: 'shell', tags: ['$initial'], test: (file) => !file.includes(serviceWorker) }],
        },
      },
    },
  },
  logLevel: 'warn',
})
