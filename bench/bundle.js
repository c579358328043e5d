import { build } from 'vite'

/**
 * Bundles and minifies modules for the browser, each into one file of `folder`.
 *
 * @param {string} folder
 * @param {Record<string, string>} entries
 */
export async function bundle(folder, entries) {
  for (const [name, entry] of Object.entries(entries)) {
    await build({
      configFile: false,
      root: import.meta.dirname,
      base: './',
      logLevel: 'error',
      build: {
        outDir: folder,
        emptyOutDir: false,
        assetsInlineLimit: 0,
        target: 'es2023',
        modulePreload: false,
        rolldownOptions: {
          input: entry,
          preserveEntrySignatures: 'strict',
          output: { entryFileNames: `${name}.js`, assetFileNames: '[name][extname]', codeSplitting: false },
        },
      },
    })
  }
}
