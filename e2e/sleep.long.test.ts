import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import type { Stage } from '../src/web/stage.ts'
import { type SoundCard, soundCardScript } from '../test/fakes/sound-card.ts'
import { stageServer } from './on-stage.ts'

const server = stageServer()

/** What the page offers to scripts, its sound card, and the sounds that were begun. */
declare const tradefours: Stage
declare const soundCard: SoundCard
declare const begunSounds: readonly {
  readonly when: number
  /** At which moment of the card. */
  readonly at: number
}[]

const begunSoundsScript = `{
  globalThis.begunSounds = []
  const { start } = AudioBufferSourceNode.prototype
  AudioBufferSourceNode.prototype.start = function (when = 0, ...rest) {
    begunSounds.push({ when, at: this.context.currentTime })
    return start.call(this, when, ...rest)
  }
}`

const bpm = 120
const eighth = 60 / bpm / 2

/** A page that plays a groove of eighths and nothing else. */
async function groove(): Promise<Page> {
  const { page } = await server.visit({ init: soundCardScript + begunSoundsScript })
  await page.getByRole('button', { name: /let me play/i }).click()
  await page.waitForFunction(() => tradefours.loaded.value === 1 && soundCard.state === 'running')
  await page.evaluate((tempo) => {
    tradefours.set('tempo', tempo)
    tradefours.set('measures', 1)
    tradefours.set('count-in', 0)
    tradefours.set('mute-click', true)
    tradefours.set('mute-bass', true)
    tradefours.act('record-bass')
  }, bpm)
  await page.keyboard.press('a')
  await page.waitForFunction(() => tradefours.session.value.material.loops.bass !== null)
  await page.evaluate(() => tradefours.set('keys', 'lead'))
  await page.waitForFunction(() => tradefours.sound.level('drums') > 0.01)
  return page
}

/** Waits in real time, which goes on without a sound card. */
async function pass(page: Page, ms: number): Promise<void> {
  const until = (await page.evaluate(() => performance.now())) + ms
  await page.waitForFunction((end) => performance.now() > end, until, { polling: 50 })
}

describe('a sound card that is taken away while a loop plays', () => {
  it('continues the loop where it was, on the beat, without the notes that are over', async () => {
    const page = await groove()
    await page.keyboard.down('g')
    await page.waitForFunction(() => tradefours.sound.level('lead') > 0.01)
    await page.evaluate(() => soundCard.takeAway())
    const before = await page.evaluate(() => ({ beat: tradefours.position().beat, begun: begunSounds.length }))
    await page.keyboard.up('g')
    for (const key of ['s', 'd', 'f', 'g', 'h', 'j']) await page.keyboard.press(key)
    await pass(page, 1500)
    const asleep = await page.evaluate(() => ({ beat: tradefours.position().beat, begun: begunSounds.length }))
    expect(await page.evaluate(() => soundCard.state)).toBe('suspended')
    expect(asleep).toEqual(before)

    await page.evaluate(() => soundCard.giveBack())
    await page.waitForFunction((beat) => tradefours.position().beat > beat + 6, asleep.beat)
    await page.waitForFunction(
      (from) => new Set(begunSounds.slice(from).map(({ when }) => when)).size >= 12,
      asleep.begun,
    )
    const begun = await page.evaluate((from) => begunSounds.slice(from), asleep.begun)
    expect(await page.evaluate(() => tradefours.sounding.value)).toEqual([])
    await page.waitForFunction(() => tradefours.sound.level('lead') === 0)
    // Each eighth comes once.
    const times = [...new Set(begun.map(({ when }) => when))].sort((a, b) => a - b)
    const [first = 0] = times
    expect(times.map((when) => Math.round((when - first) / eighth))).toEqual(times.map((_, step) => step))
    // To the sample, where the machine was fast enough to schedule it in time.
    const exact = times.filter((when) => begun.every((each) => each.when !== when || each.at < when))
    const steps = exact.map((when) => (when - (exact[0] ?? 0)) / eighth)
    for (const step of steps) expect(Math.abs(step - Math.round(step))).toBeLessThan(0.001)
    expect(exact.length).toBeGreaterThan(0)
    // A kick, a snare and a hat at most.
    expect(begun.length).toBeLessThanOrEqual(3 * times.length)
  })
})
