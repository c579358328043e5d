/** The first jam and the band, as they have to go in every browser by the docs. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Stage } from '../../src/web/stage.ts'
import type { Core } from './core.ts'

/** What the page offers to scripts. */
declare const tradefours: Stage

/** Names the tests of the docs that are played on the page, for one browser. */
export function testDocs({ visit }: Pick<Core, 'visit'>): void {
  it('lets the first jam go as its text says, and has what the text names', { timeout: 200_000 }, async () => {
    const { tab, press, reload, run, strike, until } = await visit()
    const seen = new Set<string>()
    const look = async () => {
      for (const name of await run(textsOnThePage)) seen.add(name)
    }
    await look()
    await press('Play')
    await until(() => tradefours.demo.caption.value !== null)
    await look()
    await press('Take over')
    await press('Clear all')
    await press('Panic')
    await look()
    await press('Settings')
    await until(() => document.querySelector('[role=tab]') !== null)
    await look()
    await press('Close')

    await run(() => tradefours.set('measures', 1))
    await press('Record bass')
    for (const key of ['z', 'c', 'v']) await strike(key)
    await until(() => tradefours.session.value.material.loops.bass !== null)
    await press('New groove')
    await until(() => tradefours.session.value.material.grooves.length === 1)
    await press('Record chords')
    for (const key of ['a', 'd', 'g']) await tab.key('down', key)
    await until(() => tradefours.session.value.material.loops.chords !== null)
    for (const key of ['a', 'd', 'g']) await tab.key('up', key)

    await press('Improvise')
    await until(() => tradefours.session.value.settings.improvise)
    await look()
    await press('pedal')
    for (const key of ['a', 's', 'd']) await strike(key)
    await press('Hand over')
    await until(() => tradefours.session.value.trading.trade.turn === 'response')
    await look()
    await tab.key('down', 'f')
    await until(() => tradefours.sounding.value.some(({ by }) => by === 'machine'))
    await tab.key('up', 'f')

    await reload()
    await until(() =>
      [...document.querySelectorAll('button')].some((each) => each.textContent === 'Go on where you were'),
    )
    await look()
    await press('Files')
    await until(() => [...document.querySelectorAll('button')].some((each) => each.textContent === 'Continue'))
    await look()
    await press('Continue')
    await until(() => tradefours.session.value.material.grooves.length === 1)
    expect(namesIn('first-jam.md').filter((name) => !seen.has(name))).toEqual([])
  })

  it('lets the band play as its text says, and has what the text names', { timeout: 120_000 }, async () => {
    const { press, run, strike, until } = await visit()
    const seen = new Set<string>()
    const look = async () => {
      for (const name of await run(textsOnThePage)) seen.add(name)
    }
    await look()
    await press('Blues in F, with the band')
    await until(() => tradefours.sound.level('bass') > 0.01)
    await look()
    await press('Chords: Band')
    await until(() => tradefours.session.value.settings['source-chords'] === 'off')
    await look()
    await press('Chords: Off')
    await until(() => tradefours.session.value.settings['source-chords'] === 'mine')
    await look()
    await press('Settings')
    await press('Evening bossa')
    await until(() => tradefours.session.value.songs.list[0]?.title === 'Evening bossa')
    await look()
    await press('Close')

    await press('Answer with phrases of its own')
    await press('Improvise')
    for (const key of ['a', 'd', 'g', 'f', 's']) await strike(key)
    await until(() => (tradefours.session.value.phrases.turn?.notes.length ?? 0) > 0)
    await until(() => document.querySelector('.countdown .unit')?.textContent?.startsWith('second') ?? false)
    expect(namesIn('how-to/band.md').filter((name) => !seen.has(name))).toEqual([])
  })
}

/** The names in a page of docs: what is bold or italic, without the headings of steps. */
function namesIn(page: string): string[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8').replaceAll(/\s+/g, ' ')
  const names = [...text.matchAll(/\*\*([^*]+)\*\*|\b_([^_]+)_\b/g)].map(([, bold, italic]) => bold ?? italic ?? '')
  return [...new Set(names)].filter((name) => !name.endsWith('.'))
}

/** In the page: all its texts. */
function textsOnThePage(): string[] {
  return [...document.querySelectorAll('#stage *')].map(({ textContent }) => textContent?.trim() ?? '')
}
