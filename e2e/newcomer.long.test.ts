import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import type { Stage } from '../src/web/stage.ts'
import { type FakeMidi, fakeMidiScript } from '../test/fakes/midi.ts'
import { stageServer } from './on-stage.ts'

const server = stageServer()

/** What the page offers to scripts, and its fake MIDI. */
declare const tradefours: Stage
declare const fakeMidi: FakeMidi

/** How somebody plays the white keys from middle C up. */
type Hands = {
  /** Plays a key, and lets it go once it sounds. */
  play(page: Page, key: 0 | 1 | 2 | 3 | 4): Promise<void>
  /** How they press a button. */
  press(page: Page, name: string): Promise<void>
  readonly visit?: Parameters<typeof server.visit>[0]
}

const sounds = (page: Page) => page.waitForFunction(() => tradefours.sounding.value.length > 0)
const click = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Fingers on a screen of this size; a white key is touched below the black ones. */
function fingers(width: number, height: number): Hands {
  return {
    visit: { width, height, touch: true },
    async play(page, key) {
      const place = page.locator(`.key[data-pitch="${[60, 62, 64, 65, 67][key]}"]`)
      const box = await place.boundingBox()
      await place.tap({ position: { x: 10, y: 0.85 * (box?.height ?? 0) } })
    },
    press: (page, name) => page.getByRole('button', { name, exact: true }).tap(),
  }
}

const hands: Readonly<Record<string, Hands>> = {
  'the keys of the computer': {
    async play(page, key) {
      const letter = ['a', 's', 'd', 'f', 'g'][key] as string
      await page.keyboard.down(letter)
      await sounds(page)
      await page.keyboard.up(letter)
    },
    press: click,
  },
  'fingers on a tablet': fingers(810, 1080),
  'fingers on a phone': fingers(390, 844),
  'fingers on a phone on its side': fingers(844, 390),
  'a MIDI keyboard': {
    visit: { init: `${fakeMidiScript}; fakeMidi.plugIn('input', 'Keys')` },
    async play(page, key) {
      const pitch = [60, 62, 64, 65, 67][key] as number
      await page.evaluate((of) => fakeMidi.play('Keys', [0x90, of, 90]), pitch)
      await sounds(page)
      await page.evaluate((of) => fakeMidi.play('Keys', [0x80, of, 0]), pitch)
    },
    press: click,
  },
}

/** What the card says to do now. */
const advice = (page: Page) => page.locator('.turn .what').innerText()

it.each(Object.entries(hands))('somebody new with %s does what the page says, and is answered', async (_, hand) => {
  const { page } = await server.visit(hand.visit)
  await hand.press(page, 'Let me play')
  await page.waitForFunction(() => tradefours.loaded.value === 1)
  const [, button = ''] = /Press (\w+), play a phrase, and pause/.exec(await advice(page)) ?? []
  await hand.press(page, button)
  await expect.poll(() => advice(page)).toContain('Play a phrase, and pause')
  for (const key of [0, 2, 4, 3, 1] as const) await hand.play(page, key)
  await expect.poll(() => advice(page)).toContain('Play on')
  for (const key of [0, 2, 4] as const) await hand.play(page, key)
  await page.waitForFunction(() => tradefours.recent().some(({ by }) => by === 'machine'))
})

it('somebody who takes over from the demonstration in the middle of a turn is answered, too', async () => {
  const { page } = await server.visit()
  const hand = hands['the keys of the computer'] as Hands
  await page.getByRole('dialog').getByRole('button', { name: 'Play', exact: true }).click()
  await page.waitForFunction(() => tradefours.session.value.settings.improvise)
  await click(page, 'Take over')
  await expect.poll(() => advice(page)).toContain('Play a phrase, and pause')
  for (const key of [0, 2, 4, 3, 1] as const) await hand.play(page, key)
  await expect.poll(() => advice(page)).toContain('Play on')
  await hand.play(page, 0)
  await page.waitForFunction(() => tradefours.recent().some(({ by }) => by === 'machine'))
})
