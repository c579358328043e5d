/** The core of the tests of the page: what has to work in every browser. */
import { expect, it } from 'vitest'
import type { Stage } from '../../src/web/stage.ts'
import type { Visitor } from './visitor.ts'

/** What the page offers to scripts. */
declare const tradefours: Stage

/** How a visit is made: a `whole` one draws every frame and stores the page to be played offline, as any visit does. */
type VisitOptions = { readonly whole?: boolean }

export type Core = {
  /** Makes a first visit; it ends with its test. */
  visit(options?: VisitOptions): Promise<Visitor>
  /** Whether the demonstration is heard to its end: more than half a minute. */
  readonly isPatient: boolean
}

/** Names the test of the first visit, for one browser. */
export function testFirstVisit({ visit, isPatient }: Core): void {
  const title = `starts the demonstration with one button, which sounds${isPatient ? ', and misses no note' : ''}`
  it(title, { timeout: 200_000 }, async () => {
    const { press, run, until } = await visit({ whole: isPatient })
    await press('Play')
    await until(() => tradefours.sound.level('bass') > 0.01)
    await until(() => (tradefours.session.value.material.loops.bass?.notes.length ?? 0) > 5)
    if (isPatient) {
      await until(() => tradefours.demo.caption.value?.startsWith('Another call') ?? false)
      await until(() => tradefours.demo.caption.value?.startsWith('Your turn') ?? false)
      expect(await run(() => tradefours.diagnostics().missed), 'notes that came too late: is the machine busy?').toBe(0)
    }
    await press('Take over')
    expect(await run(() => tradefours.demo.caption.value)).toBeNull()
    expect(await run(() => tradefours.session.value.transport.playing)).toBe(true)
  })
}

/** Names the tests of the core, for one browser. */
export function testCore(core: Core): void {
  testFirstVisit(core)
  const { visit } = core

  it('goes from a bassline to a classic answer by the keys, goes on after a reload, and exports', {
    timeout: 120_000,
  }, async () => {
    const { tab, press, reload, run, strike, type, until } = await visit()
    await press('Let me play')
    await until(() => tradefours.loaded.value === 1)
    await run(() => {
      tradefours.set('tempo', 60)
      tradefours.set('measures', 1)
      tradefours.set('count-in', 0)
      tradefours.set('hand-over', 'count')
      tradefours.set('notes', 3)
      tradefours.set('live', false)
    })
    await type('1')
    for (const key of ['a', 'd', 'g']) await strike(key)
    await until(() => tradefours.session.value.material.loops.bass !== null)
    expect(await run(material)).toEqual({ bass: [60, 64, 67], grooves: 0, isFixed: true })
    await type('3')
    await until(() => tradefours.session.value.material.grooves.length === 1)
    await type('5')
    for (const key of ['a', 's', 'd']) await strike(key)
    await until(() => tradefours.session.value.trading.trade.turn === 'response')
    const [first] = await run(() => tradefours.session.value.trading.trade.queue)
    await tab.key('down', 'f')
    await until(() => tradefours.sounding.value.some(({ by }) => by === 'machine'))
    const answer = await run(() => tradefours.sounding.value.find(({ by }) => by === 'machine'))
    expect(answer).toMatchObject({ key: 65, pitch: first })
    await tab.key('up', 'f')
    await until(() => tradefours.sounding.value.length === 0)

    const beginnings = await run(exportAll)
    expect(beginnings).toEqual([expect.stringMatching(/^\{"/), 'MThd', 'RIFF'])

    await reload()
    await press('Go on where you were')
    await until(() => tradefours.session.value.material.grooves.length === 1)
    expect(await run(material)).toEqual({ bass: [60, 64, 67], grooves: 1, isFixed: false })
  })

  it('plays with the band at one press, and on without a network after one visit', async () => {
    const { goOffline, press, reload, run, strike, until } = await visit({ whole: true })
    await press('Blues in F, with the band')
    await until(() => tradefours.loaded.value === 1)
    await until(() => tradefours.sound.level('bass') > 0.01)
    await until(() => tradefours.sound.level('drums') > 0.01)
    await run(() => navigator.serviceWorker.ready.then(() => true))
    await goOffline()
    await reload()
    await until(() => tradefours.loaded.value === 1)
    await strike('a')
    expect(await run(() => tradefours.sound.trouble.value)).toBeNull()
  })
}

/** In the page: what goes round. */
function material() {
  const { material, settings } = tradefours.session.value
  return {
    bass: material.loops.bass?.notes.map(({ pitch }) => pitch) ?? null,
    grooves: material.grooves.length,
    isFixed: settings['fixed-groove'],
  }
}

/** In the page: how each file begins that a performance is given as. */
async function exportAll(): Promise<string[]> {
  const files: Blob[] = []
  HTMLAnchorElement.prototype.click = () => {}
  URL.createObjectURL = (blob) => {
    files.push(blob as Blob)
    return ''
  }
  const { performances } = tradefours
  await performances.save()
  await performances.exportMidi()
  await performances.exportWav(() => {})
  return Promise.all(files.map((file) => file.slice(0, 4).text()))
}
