import './style.css'
import { signal } from '@preact/signals'
import axe from 'axe-core'
import { h, render } from 'preact'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type FakeStage, fakeStage, rehearsedPerformer } from '../../test/fakes/stage.ts'
import { Performer } from '../../test/performer.ts'
import { song, stageWith } from '../../test/songs.ts'
import type { Notice, SoundingKey } from '../runtime/index.ts'
import { App } from './app.tsx'
import { micText } from './devices/microphone.ts'
import { hasUpdate } from './devices/offline.ts'
import { text } from './text.ts'

/** Puts the page up in front of somebody who has been here before. */
async function show<Shown extends FakeStage>(stage: Shown): Promise<Shown> {
  document.body.innerHTML = '<div id="stage"></div>'
  render(h(App, { stage }), document.getElementById('stage') as HTMLElement)
  const skip = page.getByRole('button', { name: 'Let me play' })
  if (skip.query()) await skip.click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  return stage
}

/** A performer in the middle of a call. */
function calling(): Performer {
  const performer = rehearsedPerformer()
  return performer.play([{ pitch: 69, velocity: 90, beat: performer.beat, beats: 0.5 }])
}

const control = (action: string) => document.querySelector(`[data-action="${action}"]`) as HTMLElement
const settings = ({ session }: FakeStage) => session.peek().settings
const heldNotes = ({ performer }: FakeStage) =>
  performer.events.flatMap((event) => (event.type === 'noteOn' || event.type === 'noteOff' ? [event] : []))

beforeEach(() => page.viewport(1280, 720))
afterEach(() => {
  const place = document.getElementById('stage')
  if (place) render(null, place)
})

describe('the page', () => {
  const scenes = { 'before the first note': () => new Performer(), 'in a call': calling }
  it.each(Object.entries(scenes))('%s can be used by everybody, as far as axe can tell', async (_, performer) => {
    await show(fakeStage(performer()))
    const { violations } = await axe.run(document.body)
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  })

  const sizes = [
    [1280, 720],
    [1920, 1080],
    [1080, 810],
    [810, 1080],
  ] as const
  it.each(sizes)('of %i × %i pixels needs no scrolling', async (width, height) => {
    await page.viewport(width, height)
    await show(fakeStage(calling()))
    const { scrollWidth, scrollHeight } = document.documentElement
    expect([scrollWidth, scrollHeight]).toEqual([width, height])
    for (const button of document.querySelectorAll('button, [role="slider"]')) {
      const { left, right, top, bottom } = button.getBoundingClientRect()
      const isInside = left >= 0 && top >= 0 && right <= width && bottom <= height
      expect(isInside, button.outerHTML).toBe(true)
    }
  })

  it('says to a screen reader whose turn it is, and the chord', async () => {
    const stage = await show(fakeStage(calling().do({ type: 'chart', chart: 'Dm7' })))
    const said = () => [...document.querySelectorAll('[aria-live]')].map(({ textContent }) => textContent?.trim())
    await expect.poll(said).toEqual(expect.arrayContaining(['Your call', 'Dm7']))
    stage.act('hand-over-now')
    await expect.poll(said).toContain('Its turn')
  })

  it('has the computer’s keys on its keyboard at any size that it had before', async () => {
    await show(fakeStage())
    const lowest = () => document.querySelector('.key')?.getAttribute('data-pitch')
    await expect.poll(lowest).toBe('36')
    for (const width of [1920, 1024, 810, 390]) await page.viewport(width, 1080)
    await page.viewport(1280, 720)
    await expect.poll(lowest).toBe('36')
  })

  it('keeps the bar and the next chord apart, however long its name', async () => {
    await page.viewport(1024, 768)
    const chart = 'Dbmaj7#11/F | Dbmaj7#11/Ab'
    await show(fakeStage(new Performer().act('measures', 16).do({ type: 'chart', chart })))
    const [bar, next] = ['.bar-of', '.next'].map((part) => document.querySelector(part) as HTMLElement)
    await expect.poll(() => next?.textContent).toBe('→ D♭maj7♯11/A♭')
    expect(bar?.getBoundingClientRect().right).toBeLessThan(next?.getBoundingClientRect().left ?? 0)
  })

  it('has controls that a finger hits', async () => {
    await page.viewport(1080, 810)
    await show(fakeStage())
    for (const button of document.querySelectorAll('.screen button, .screen [role="slider"]')) {
      if (!button.checkVisibility()) continue
      const { width, height } = button.getBoundingClientRect()
      expect(Math.min(width, height), button.outerHTML).toBeGreaterThanOrEqual(43.9)
    }
  })
})

describe('a chart', () => {
  const text = Array.from({ length: 32 }, (_, index) => ['Dm7', 'G7', 'Cmaj7', 'A7 D7b9'][index % 4]).join(' | ')
  const sections = [
    { chart: `[A] ${text} | [B] Fm7`, metre: '4/4', leave: 'end' as const },
    { name: 'bridge', metre: '3/4', chart: 'Bb7', leave: 'end' as const },
  ]
  const measures = () => [...document.querySelectorAll('.chart-view li')]
  const now = () => measures().findIndex((measure) => measure.hasAttribute('data-now'))
  const playing = () => stageWith(song(sections)).act('count-in', 0).act('play')

  it('is shown whole, with its sections, and the measure that sounds is marked and in sight', async () => {
    const stage = await show(fakeStage(playing()))
    await expect.poll(() => measures().length).toBe(34)
    expect(measures()[0]?.textContent).toBe('ADm7')
    expect(measures()[3]?.textContent).toBe('A7D7♭9 on beat 3 ')
    expect(measures()[33]?.textContent).toBe('3/4B♭7')
    await expect.poll(now).toBe(0)
    stage.performer.wait(30 * 4 + 1)
    await expect.poll(now).toBe(30)
    const [list, measure] = ['.chart-view ol', '.chart-view [data-now]'].map((part) =>
      document.querySelector(part)?.getBoundingClientRect(),
    )
    expect(measure?.bottom).toBeLessThanOrEqual((list?.bottom ?? 0) + 1)
  })

  it('has each chord where it changes, as it is played', async () => {
    await show(
      fakeStage(new Performer().do({ type: 'chart', chart: 'C F G7 | C . . G7 | C G7 | C | F | C | F | C | F' })),
    )
    await expect.poll(() => measures().length).toBe(9)
    const widths = (measure: number) =>
      [...(measures()[measure]?.querySelectorAll('.chord') ?? [])].map((chord) => chord.getBoundingClientRect().width)
    const [whole = 0] = widths(3)
    const inBeats = (measure: number) => widths(measure).map((width) => Math.round((4 * width) / whole))
    expect([0, 1, 2].map(inBeats)).toEqual([
      [2, 1, 1],
      [1, 1, 1, 1],
      [2, 2],
    ])
    expect(measures()[0]?.textContent).toBe('CF on beat 3 G7 on beat 4 ')
    expect(measures()[1]?.textContent).toBe('C··G7 on beat 4 ')
  })

  it('says the song, the section, what comes and the next chord', async () => {
    const stage = await show(fakeStage(playing()))
    const head = () => document.querySelector('.chart-view header')?.textContent
    await expect.poll(head).toContain('SongHead, chorus 1, A: 32 bars → B')
    await expect.poll(() => document.querySelector('.next-chord')?.textContent).toBe('next G7')
    stage.set('transpose', 2)
    await expect.poll(() => document.querySelector('.next-chord')?.textContent).toBe('next A7')
    expect(document.querySelector('.beat .song')?.textContent).toContain('Song')
  })

  it('can be hidden, and is not shown where its lane has all of it', async () => {
    await show(fakeStage(playing()))
    await expect.poll(() => measures().length).toBe(34)
    await page.getByRole('button', { name: 'Chart' }).click()
    await expect.poll(() => measures().length).toBe(0)
    await page.getByRole('button', { name: 'Chart' }).click()
    await expect.poll(() => measures().length).toBe(34)
    await show(fakeStage(new Performer().do({ type: 'chart', chart: 'Dm7 | G7' })))
    await expect.element(page.getByRole('button', { name: 'Chart' })).not.toBeInTheDocument()
  })

  it.each([
    [1280, 720],
    [810, 1080],
    [1080, 810],
  ])('needs no scrolling of the page at %i × %i, and can be used by everybody', async (width, height) => {
    await page.viewport(width, height)
    await show(fakeStage(playing()))
    await expect.poll(() => measures().length).toBe(34)
    const { scrollWidth, scrollHeight } = document.documentElement
    expect([scrollWidth, scrollHeight]).toEqual([width, height])
    const { violations } = await axe.run(document.querySelector('.chart-view') as HTMLElement)
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  })
})

describe('a control', () => {
  it('does what it is bound to, and says its name and key', async () => {
    const stage = await show(fakeStage())
    await page.getByRole('button', { name: 'Record bass' }).click()
    await expect.poll(() => stage.session.peek().recording.armed?.track).toBe('bass')
    await expect.poll(() => control('record-bass').title).toBe('Record bass (1)')
    await expect.element(page.getByText('Waiting for you')).toBeVisible()
  })

  it('leaves the space bar to the instrument when a mouse has pressed it', async () => {
    const received = receivedKeys()
    await show(fakeStage())
    await page.getByRole('button', { name: 'Mute bass' }).click()
    await userEvent.keyboard(' ')
    control('mute-bass').focus()
    await userEvent.keyboard(' ')
    await expect.poll(received).toEqual([' '])
  })

  it('leaves the keys to the instrument when a mouse has set it, but not when keys have', async () => {
    const received = receivedKeys()
    const stage = await show(fakeStage())
    await userEvent.click(control('measures'))
    await userEvent.selectOptions(control('measures'), '4')
    await expect.poll(() => settings(stage).measures).toBe(4)
    await userEvent.keyboard('1a')
    await expect.poll(received).toEqual(['1', 'a'])
    await userEvent.tab()
    while (document.activeElement !== control('measures')) await userEvent.tab()
    await userEvent.keyboard('{ArrowDown}')
    await expect.poll(() => settings(stage).measures).toBe(5)
    expect(document.activeElement).toBe(control('measures'))
    await userEvent.keyboard('6{Escape}')
    await expect.poll(received).toEqual(['1', 'a', 'Escape'])
  })

  it('is turned by keys, to its ends too, and set back by a double click', async () => {
    const stage = await show(fakeStage())
    control('harmony').focus()
    await userEvent.keyboard('{ArrowUp}{ArrowUp}')
    await expect.poll(() => settings(stage).harmony).toBeCloseTo(0.1)
    await userEvent.keyboard('{PageUp}')
    await expect.poll(() => settings(stage).harmony).toBeCloseTo(0.35)
    await userEvent.keyboard('{End}')
    await expect.poll(() => settings(stage).harmony).toBe(1)
    await expect.poll(() => control('harmony').getAttribute('aria-valuetext')).toBe('100%')
    await userEvent.dblClick(control('harmony'))
    await expect.poll(() => settings(stage).harmony).toBe(0)
  })

  it('is dragged', async () => {
    const stage = await show(fakeStage())
    drag(control('contour'), { by: [0, -90] })
    await expect.poll(() => settings(stage).contour).toBeCloseTo(0.5)
    drag(control('tempo'), { by: [0, -40] })
    await expect.poll(() => settings(stage).tempo).toBe(130)
  })

  it('takes a number that is typed, and none that is not', async () => {
    const stage = await show(fakeStage())
    const tempo = page.getByRole('textbox', { name: /tempo/i })
    await tempo.click()
    await tempo.fill('96,5')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => settings(stage).tempo).toBe(96.5)
    await tempo.fill('fast')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => settings(stage).tempo).toBe(96.5)
    await expect.element(tempo).toHaveValue('96.5')
    await tempo.fill('200')
    await userEvent.keyboard('{Escape}')
    await expect.element(tempo).toHaveValue('96.5')
    expect(settings(stage).tempo).toBe(96.5)
  })

  it('takes a metre that is on no list', async () => {
    const stage = await show(fakeStage())
    await userEvent.selectOptions(page.getByLabelText('Metre'), 'other …')
    await expect.poll(() => document.activeElement?.matches('.metre input')).toBe(true)
    await userEvent.keyboard('3+3+2/8{Enter}')
    await expect.poll(() => stage.session.peek().transport.form.metre.groups).toEqual([3, 3, 2])
    await expect.element(page.getByLabelText('Metre')).toHaveValue('3+3+2/8')
  })

  it('is as loud as it was played in the middle of its way', async () => {
    const stage = await show(fakeStage())
    const fader = control('volume-bass')
    const { width } = (fader.querySelector('.way') as HTMLElement).getBoundingClientRect()
    drag(fader, { from: [12, 20], by: [width / 2, 0] })
    await expect.poll(() => settings(stage)['volume-bass']).toBeCloseTo(1, 1)
  })
})

describe('learning', () => {
  it('lets a click say what the next pedal is to do', async () => {
    const stage = await show(fakeStage())
    await page.getByRole('button', { name: 'Learn' }).click()
    await page.getByRole('button', { name: 'Record bass' }).click()
    await expect.poll(() => stage.session.peek().recording.armed).toBeNull()
    await expect.element(page.getByText('Record bass: now touch a pedal, knob or pad.')).toBeVisible()
    stage.dispatch({ type: 'control', controller: 41, value: 127 })
    await expect.poll(() => stage.session.peek().controls.bindings).toEqual({ 'cc 41 ch 1': 'record-bass' })
    await page.getByRole('button', { name: 'Record bass' }).click()
    await expect.poll(() => stage.session.peek().recording.armed?.track).toBe('bass')
  })

  it('lets nothing turn what is picked', async () => {
    const stage = await show(fakeStage())
    await page.getByRole('button', { name: 'Learn' }).click()
    stage.set('harmony', 0.5)
    await userEvent.dblClick(control('harmony'))
    await expect.poll(() => stage.session.peek().controls.learning).toBe('harmony')
    control('harmony').focus()
    await userEvent.keyboard('{ArrowUp}{Home}')
    control('harmony').dispatchEvent(new WheelEvent('wheel', { deltaY: 200, bubbles: true }))
    control('tempo').dispatchEvent(new WheelEvent('wheel', { deltaY: 200, bubbles: true }))
    expect([settings(stage).harmony, settings(stage).tempo]).toEqual([0.5, 120])
    await expect.poll(() => stage.session.peek().controls.learning).toBe('tempo')
  })

  it('is called off where it was begun', async () => {
    const stage = await show(fakeStage())
    await page.getByRole('button', { name: 'Learn' }).click()
    drag(control('harmony'), { by: [0, -50] })
    await expect.poll(() => stage.session.peek().controls.learning).toBe('harmony')
    await expect.poll(() => settings(stage).harmony).toBe(0)
    await page.getByRole('button', { name: 'Learn' }).click()
    await expect.poll(() => stage.session.peek().controls.learning).toBeNull()
  })
})

describe('Escape', () => {
  it('leaves Learn, picked or not, and only then is panic', async () => {
    const stage = await show(fakeStage())
    const learn = page.getByRole('button', { name: 'Learn' })
    const panics: string[] = []
    const panic = ({ key }: KeyboardEvent) => void panics.push(key)
    addEventListener('keydown', panic)
    await learn.click()
    await userEvent.keyboard('{Escape}')
    await expect.element(learn).toHaveAttribute('aria-pressed', 'false')
    await learn.click()
    await page.getByRole('button', { name: 'Record bass' }).click()
    await expect.poll(() => stage.session.peek().controls.learning).toBe('record-bass')
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => stage.session.peek().controls.learning).toBeNull()
    expect(panics).toEqual([])
    await userEvent.keyboard('{Escape}')
    expect(panics).toEqual(['Escape'])
    removeEventListener('keydown', panic)
  })
})

describe('a notice', () => {
  it('says why nothing is heard from a microphone, and why nothing is stored', async () => {
    const stage = fakeStage()
    const mic = stage.mic.value
    const [micTrouble, storageTrouble] = [signal<string | null>(micText.lost), signal<string | null>(null)]
    await show({
      ...stage,
      mic: signal(mic && { ...mic, trouble: micTrouble }),
      performances: { ...stage.performances, trouble: storageTrouble },
    })
    await expect.element(page.getByText(micText.lost)).not.toBeInTheDocument()
    mic?.switchOn(true)
    await expect.element(page.getByText(micText.lost)).toBeVisible()
    micTrouble.value = null
    storageTrouble.value = text.storage.refused
    await expect.element(page.getByText(text.storage.refused)).toBeVisible()
  })

  it('comes before a new version', async () => {
    const notice = signal<Notice | null>({ notice: 'learnt', detail: 'cc 41', at: 0 })
    await show({ ...fakeStage(), notice })
    await expect.element(page.getByText(/cc 41$/)).toBeVisible()
    hasUpdate.value = true
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
    await expect.element(page.getByText(/cc 41$/)).toBeVisible()
    hasUpdate.value = false
  })
})

describe('the turn', () => {
  it('is said in words, and to those who can’t see it', async () => {
    const stage = await show(fakeStage(calling()))
    const who = page.getByText('Your call')
    await expect.element(who).toBeVisible()
    await expect.poll(() => who.element().closest('[aria-live="polite"]')).not.toBeNull()
    await page.getByRole('button', { name: 'On to the response' }).click()
    await expect.element(page.getByText('Its turn', { exact: true })).toBeVisible()
    stage.set('guess-who', true)
    await expect.element(page.getByText('Its turn', { exact: true })).not.toBeInTheDocument()
    await expect.element(page.getByText('Who is playing?').first()).toBeVisible()
  })
})

describe('the keyboard', () => {
  const keyOf = (pitch: number) => document.querySelector(`[data-pitch="${pitch}"]`) as HTMLElement

  it('plays where it is touched, slides, and is harder further down', async () => {
    const stage = await show(fakeStage())
    const board = document.querySelector('.keys') as HTMLElement
    await expect.poll(() => keyOf(60)).toBeTruthy()
    const at = (pitch: number, down: number) => {
      const { left, width, height, top } = keyOf(pitch).getBoundingClientRect()
      return { clientX: left + width / 2, clientY: top + height * down }
    }
    touch(board, 'pointerdown', at(60, 0.95))
    touch(board, 'pointermove', at(62, 0.95))
    touch(board, 'pointerdown', at(63, 0.2), 2)
    touch(board, 'pointerup', at(62, 0.95))
    touch(board, 'pointercancel', at(63, 0.2), 2)
    const played = heldNotes(stage).map((event) => `${event.type} ${event.pitch}`)
    expect(played).toEqual(['noteOn 60', 'noteOff 60', 'noteOn 62', 'noteOn 63', 'noteOff 62', 'noteOff 63'])
    const [first, , , soft] = heldNotes(stage).map((event) => ('velocity' in event ? event.velocity : 0))
    expect(first).toBeGreaterThan(110)
    expect(soft).toBeLessThan(70)
  })

  it('goes to what is played, and shows whose it is', async () => {
    const sounding = signal<readonly SoundingKey[]>([])
    await show({ ...fakeStage(), sounding })
    sounding.value = [{ key: 28, pitch: 33, track: 'lead', by: 'machine' }]
    await expect.poll(() => keyOf(33)?.dataset.light).toBe('machine')
    await expect.poll(() => keyOf(28).dataset.light).toBe('pressed')
    sounding.value = []
    await expect.poll(() => keyOf(33).dataset.light).toBe('off')
  })
})

describe('the first visit', () => {
  it('has one button, which starts the demonstration', async () => {
    const started: string[] = []
    const demo = { caption: signal(null), start: () => started.push('demo'), takeOver: () => {} }
    document.body.innerHTML = '<div id="stage"></div>'
    history.replaceState(null, '', '?demo')
    render(h(App, { stage: { ...fakeStage(), demo } }), document.getElementById('stage') as HTMLElement)
    history.replaceState(null, '', location.pathname)
    const { violations } = await axe.run(document.body)
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Play', exact: true }).click()
    await expect.poll(() => started).toEqual(['demo'])
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  })

  it('has captions, and ends when the visitor takes over', async () => {
    const taken: string[] = []
    const demo = { caption: signal('Another call.'), start: () => {}, takeOver: () => taken.push('over') }
    await show({ ...fakeStage(), demo })
    await expect.element(page.getByText('Another call.')).toBeVisible()
    await page.getByRole('button', { name: 'Take over' }).click()
    await expect.poll(() => taken).toEqual(['over'])
  })
})

/** The keys that the instrument has received in this test, without Tab. */
function receivedKeys(): () => string[] {
  const received: string[] = []
  const onKeyDown = ({ key }: KeyboardEvent) => key !== 'Tab' && received.push(key)
  window.addEventListener('keydown', onKeyDown)
  onTestFinished(() => window.removeEventListener('keydown', onKeyDown))
  return () => received
}

type Place = readonly [x: number, y: number]

/** Drags something from its middle, or from a place on it. */
function drag(what: HTMLElement, { from, by: [x, y] }: { readonly from?: Place; readonly by: Place }): void {
  const { left, top, width, height } = what.getBoundingClientRect()
  const [fromX, fromY] = from ?? [width / 2, height / 2]
  const start = { clientX: left + fromX, clientY: top + fromY }
  const end = { clientX: start.clientX + x, clientY: start.clientY + y }
  touch(what, 'pointerdown', start)
  touch(what, 'pointermove', end)
  touch(what, 'pointerup', end)
  what.dispatchEvent(new PointerEvent('lostpointercapture', { pointerId: 1, bubbles: true }))
}

/** A synthetic finger: the browser won't capture it. */
function touch(what: HTMLElement, type: string, place: PointerEventInit, pointerId = 1): void {
  what.setPointerCapture = () => {}
  what.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId, ...place }))
}
