import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromium } from './scripts/chromium.js'

/** Rooms whose tests run in a real browser too, which proves that nothing of Node's slips in. */
const everywhere = ['music', 'timing', 'models', 'groove', 'band', 'improv', 'session', 'io/midi-file']

/** The only one of them that computes otherwise there: on the browser's own WebAssembly. */
const otherwise = ['models']

/** Tests that cost much and find little that no other finds: they run with `npm run test:all`. */
const long = '**/*.long.test.ts'

/** Tests in browsers that not everybody has: they run with `npm run test:browsers`. */
const otherBrowsers = '**/*.browsers.test.ts'

export default defineConfig(({ mode }) => {
  const isAll = mode === 'all'
  return {
    test: {
      // Tests wait for results, not for clocks: a slow machine is no failure.
      testTimeout: 120_000,
      hookTimeout: 60_000,
      expect: { poll: { timeout: 20_000 } },
      maxWorkers: '100%',
      setupFiles: ['test/runs.ts'],
      restoreMocks: true,
      unstubGlobals: true,
      projects: [
        {
          extends: true,
          test: {
            name: 'node',
            include: ['{src,test,scripts,soak}/**/*.test.ts'],
            exclude: ['**/*.browser.test.ts', ...(isAll ? [] : [long])],
            // To import the sources anew for each file would cost a third of all the time.
            isolate: false,
            provide: { share: isAll ? 1 : 1 / 32 },
          },
        },
        {
          extends: true,
          // Whole programs that play in real time, mostly waiting: they begin when all that computes is through.
          test: {
            name: 'e2e',
            include: ['e2e/**/*.test.ts'],
            exclude: mode === 'browsers' ? [] : isAll ? [otherBrowsers] : [otherBrowsers, long],
            isolate: false,
            globalSetup: ['e2e/browser.ts'],
            sequence: { groupOrder: 1 },
            provide: { share: 1 },
          },
        },
        {
          extends: true,
          test: {
            name: 'browser',
            include: [
              ...(isAll ? everywhere : otherwise).map((room) => `src/${room}/**/*.test.ts`),
              'src/**/*.browser.test.ts',
            ],
            exclude: ['**/*.node.test.ts', long],
            isolate: false,
            // Node has tried the laws: here they only show that a browser keeps them too.
            provide: { share: isAll ? 1 : 1 / 100 },
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              instances: [{ browser: 'chromium' }],
              provider: playwright({
                launchOptions: {
                  executablePath: chromium(),
                  args: [
                    '--no-sandbox',
                    '--disable-gpu',
                    '--disable-background-networking',
                    '--disable-component-update',
                  ],
                },
              }),
            },
          },
        },
      ],
    },
  }
})
