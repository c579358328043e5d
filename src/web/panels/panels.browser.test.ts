import '../style.css'
import { signal } from '@preact/signals'
import axe from 'axe-core'
import { clear, createStore } from 'idb-keyval'
import { h, render } from 'preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { irealLink } from '../../../test/charts.ts'
import { type FakeStage, fakeStage, rehearsedPerformer, someTrade } from '../../../test/fakes/stage.ts'
import { song, stageWith, writtenBass } from '../../../test/songs.ts'
import { StageContext } from '../controls.tsx'
import { type PanelId, panels } from './index.ts'
import { PanelPlace } from './panel-place.tsx'

const open = signal<PanelId | null>(null)

/** Opens a panel over a screen with one button on it. */
async function show(id: PanelId, stage: FakeStage = fakeStage(rehearsedPerformer(), someTrade)): Promise<FakeStage> {
  // As high as the panel is, so that all of it can be reached.
  const style = 'display: block; height: auto; overflow: visible'
  document.body.innerHTML = `<main class="screen" style="${style}"><button id="before">before</button><div id="place"></div></main>`
  document.getElementById('before')?.focus()
  const place = document.getElementById('place') as HTMLElement
  open.value = id
  render(h(StageContext.Provider, { value: stage }, h(PanelPlace, { stage, open })), place)
  await expect.element(page.getByRole('dialog')).toBeVisible()
  await expect.element(page.getByText('One moment …')).not.toBeInTheDocument()
  return stage
}

afterEach(() => {
  open.value = null
  const place = document.getElementById('place')
  if (place) render(null, place)
  localStorage.clear()
})
beforeEach(() => clear(createStore('tradefours-songs', 'songs')))

const button = (name: string | RegExp) => page.getByRole('button', { name })

describe('every panel', () => {
  it.each(panels.map(({ id }) => id))('%s can be used by everybody, as far as axe can tell', async (id) => {
    await show(id)
    const { violations } = await axe.run(document.querySelector('.panel') as HTMLElement)
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  })

  it.each(panels.map(({ id }) => id))('%s opens where nothing has been played', async (id) => {
    await show(id, fakeStage())
    await expect.element(page.getByRole('dialog')).toBeVisible()
  })

  it('takes the focus, keeps it, and gives it back', async () => {
    await show('diagnostics')
    await expect.poll(() => document.activeElement?.closest('.panel')).not.toBeNull()
    for (let presses = 0; presses < 5; presses++) {
      await userEvent.tab()
      await expect.poll(() => document.activeElement?.closest('.panel')).not.toBeNull()
    }
    await button('Close').click()
    await expect.poll(() => document.activeElement?.id).toBe('before')
  })

  it('is closed by Escape, which then silences nothing', async () => {
    const panics: string[] = []
    const onKeyDown = ({ key }: KeyboardEvent) => panics.push(key)
    window.addEventListener('keydown', onKeyDown)
    await show('credits')
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    await expect.poll(() => panics).toEqual([])
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => panics).toEqual(['Escape'])
    window.removeEventListener('keydown', onKeyDown)
  })

  it('leaves the instrument’s keys alone, but for those that its own controls take', async () => {
    const received: string[] = []
    const onKeyDown = ({ key }: KeyboardEvent) => received.push(key)
    window.addEventListener('keydown', onKeyDown)
    await show('settings')
    await userEvent.keyboard('a')
    await page.getByRole('tab', { name: 'Controls' }).click()
    await page.getByRole('textbox', { name: 'Find' }).fill('')
    await userEvent.keyboard('z ')
    await expect.poll(() => received).toEqual(['a'])
    await page.getByRole('tab', { name: 'Sound' }).click()
    await page.getByRole('slider', { name: 'Pan' }).first().click()
    await userEvent.keyboard('s{ArrowLeft}')
    await page.getByRole('slider', { name: 'Bass volume' }).click()
    await userEvent.keyboard('d{ArrowUp}')
    await expect.poll(() => received).toEqual(['a', 's', 'd'])
    window.removeEventListener('keydown', onKeyDown)
  })
})

describe('the score', () => {
  it('shows the call, the melody, its pitches and the response, and the loops', async () => {
    await show('score')
    await expect.poll(() => document.querySelectorAll('figcaption')).toHaveLength(4)
    await expect.poll(() => document.querySelectorAll('.staves svg')).toHaveLength(5)
    await expect.element(page.getByRole('img', { name: /^The call: A4 C5 D5/ })).toBeVisible()
  })

  it.each([1280, 390])('has all of dense loops in sight, and legible, %i pixels wide', async (width) => {
    await page.viewport(width, 800)
    const notes = (pitch: number) => Array.from({ length: 32 }, (_, beat) => ({ pitch, beat: beat / 2, beats: 1 / 2 }))
    const loops = { bass: { measures: 4, notes: notes(37) }, chords: { measures: 4, notes: notes(61) } }
    await show('score', fakeStage(stageWith(song([{ metre: '4/4', loops }]))))
    const drawn = () => document.querySelector<SVGSVGElement>('.staves svg')
    await expect.poll(drawn).not.toBeNull()
    const svg = drawn()
    const shown = svg?.viewBox.baseVal.width ?? 0
    expect(svg?.getBBox().width).toBeLessThanOrEqual(shown)
    expect(shown / (svg?.clientWidth ?? 0)).toBeLessThan(1.4)
  })

  it('draws nothing again while only keys are played', async () => {
    const stage = await show('score')
    await expect.poll(() => document.querySelectorAll('.staves svg')).toHaveLength(5)
    const drawn = [...document.querySelectorAll('.staves svg')]
    stage.dispatch({ type: 'noteOn', pitch: 60, velocity: 90 })
    await new Promise(requestAnimationFrame)
    // Timers of a page come in the order of their times: had it been drawn again, it would have been before this one.
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect([...document.querySelectorAll('.staves svg')].every((svg, index) => svg === drawn[index])).toBe(true)
  })
})

describe('songs', () => {
  const twoSongs = () => {
    const performer = rehearsedPerformer()
    const sections = [{ name: 'head' }, { name: 'solo', tempo: 140 }]
    performer.do({ type: 'setList', songs: [song(sections), { ...song(sections), title: 'Encore' }] })
    return fakeStage(performer)
  }

  it('shows the section that plays, and goes on', async () => {
    const stage = await show('songs', twoSongs())
    const now = () => document.querySelector('.set-list [aria-current="step"]')?.textContent
    await expect.poll(now).toContain('head')
    await button('Next section').click()
    await expect.poll(() => stage.session.value.songs.section).toBe(1)
    await expect.poll(now).toContain('solo')
  })

  it('does not change the set list until it is used, and then goes to the edited song', async () => {
    const stage = await show('songs', twoSongs())
    const before = stage.session.value.songs
    await button('2 Encore').click()
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Last one')
    await page.getByRole('textbox', { name: 'Tempo' }).fill('98.5')
    await expect.poll(() => stage.session.value.songs).toBe(before)
    await button('Use it').click()
    const used = () => {
      const { list: songs, song: at } = stage.session.value.songs
      return [at, songs[at]?.title, songs[at]?.sections[0]?.tempo]
    }
    await expect.poll(used).toEqual([1, 'Last one', 98.5])
    await expect.poll(() => stage.session.value.settings.tempo).toBe(98.5)
  })

  it('says what is wrong while it is typed, in the words of the schema', async () => {
    await show('songs', twoSongs())
    await page.getByRole('textbox', { name: 'Metre' }).fill('4/')
    await expect.element(page.getByText(/^“head” metre can’t be read: “4\/” is not a metre/)).toBeVisible()
    await expect.element(button('Use it')).toBeDisabled()
    await page.getByRole('textbox', { name: 'Metre' }).fill('7/8')
    await expect.element(button('Use it')).toBeEnabled()
  })

  it('uses the current loops', async () => {
    const stage = await show('songs')
    await button('Use the current loops').click()
    await button('Use it').click()
    const section = () => stage.session.value.songs.list[0]?.sections[0]
    await expect.poll(section).toMatchObject({ metre: '4/4', chart: 'Dm7 | G7', loops: { bass: { measures: 2 } } })
    await expect.poll(() => stage.session.value.material.loops.bass?.notes).toHaveLength(12)
  })

  it('has sections that are added, renamed, put elsewhere and removed', async () => {
    const stage = await show('songs', twoSongs())
    await button('New section').click()
    await page.getByRole('textbox', { name: 'Name' }).fill('bridge')
    await button('Down: bridge').click()
    await button('Use it').click()
    const names = () => stage.session.value.songs.list[0]?.sections.map(({ name }) => name)
    await expect.poll(names).toEqual(['head', 'solo', 'bridge'])
    await button('Remove: bridge').click()
    await button('Use it').click()
    await expect.poll(names).toEqual(['head', 'solo'])
  })

  it('makes settings and does actions', async () => {
    const stage = await show('songs', twoSongs())
    await page.getByRole('combobox', { name: 'Add a setting …' }).selectOptions('harmony')
    await page.getByRole('textbox', { name: 'harmony' }).fill('0.7')
    await page.getByRole('combobox', { name: 'Add an action …' }).selectOptions('record bass')
    await button('Use it').click()
    await expect
      .poll(() => stage.session.value.songs.list[0]?.sections[0])
      .toMatchObject({
        set: { harmony: 0.7 },
        do: ['record-bass'],
      })
  })

  it('opens files, and says what is wrong with one', async () => {
    await show('songs', twoSongs())
    const file = page.getByLabelText('Open a file')
    await file.upload(new File(['{}'], 'bad.json'))
    await expect.element(page.getByText(/^bad.json is not a valid song/)).toBeVisible()
    const good = { ...song([{ metre: '4/4', loops: writtenBass(36) }]), title: 'From a file' }
    await file.upload(new File([JSON.stringify(good)], 'good.json'))
    await expect.element(button('3 From a file')).toHaveAttribute('aria-pressed', 'true')
  })
})

describe('charts', () => {
  const drop = (type: 'drop' | 'paste', data: DataTransfer) => {
    const event =
      type === 'drop'
        ? new DragEvent('drop', { dataTransfer: data, bubbles: true })
        : new ClipboardEvent('paste', { clipboardData: data, bubbles: true })
    document.querySelector('.songs .drop .buttons')?.dispatchEvent(event)
  }
  const pasted = (text: string) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    return data
  }
  const title = () => page.getByRole('textbox', { name: 'Title', exact: true })
  /** Presses a button that has to be scrolled to. */
  const press = async (name: string) => {
    await expect.element(button(name)).toBeInTheDocument()
    ;(button(name).element() as HTMLElement).click()
  }
  const chart = () => page.getByRole('textbox', { name: 'Chart', exact: true })

  it('are read from files of every format, and what can’t be read is named', async () => {
    await show('songs')
    const files = [
      new File(['Title: Blues\n[A] C7 | F7 | Hx9 | C7'], 'blues.txt'),
      new File(['nothing'], 'holiday.mxl'),
      new File(['{title: Waltz}\n[Am] la [E7] la'], 'waltz.cho'),
    ]
    await page.getByLabelText('Open a file').upload(files)
    await expect.element(page.getByText(/^blues.txt: “Hx9” in measure 3/)).toBeVisible()
    await expect.element(page.getByText(/^holiday.mxl /)).toBeVisible()
    await expect.element(button('2 Waltz')).toBeVisible()
    await expect.element(title()).toHaveValue('Blues')
    await expect.element(chart()).toHaveValue('[A] C7 | F7 | F7 | C7')
  })

  it('are pasted and dropped, and a playlist becomes a set list', async () => {
    const stage = await show('songs')
    drop('paste', pasted('Title: Pasted\nC | F | G7 | C'))
    await expect.element(title()).toHaveValue('Pasted')
    const data = new DataTransfer()
    const songs = ['One', 'Two', 'Three'].map((title) => ({ title, music: 'T44C   |F   Z' }))
    data.items.add(new File([`<a href="${irealLink(songs, 'Tonight')}">Tonight</a>`], 'tonight.html'))
    drop('drop', data)
    await expect.element(page.getByText('3 songs were read.')).toBeVisible()
    await button('Use it').click()
    const titles = () => stage.session.value.songs.list.map(({ title }) => title)
    await expect.poll(titles).toEqual(['Pasted', 'One', 'Two', 'Three'])
  })

  it('are kept in a book, and found by title', async () => {
    await show('songs')
    drop('paste', pasted(irealLink(['Blue', 'Bláck', 'Red'].map((title) => ({ title, music: 'T44C   Z' })))))
    await page.getByRole('textbox', { name: 'Find a title' }).fill('BLA')
    await expect.element(button('Add to the set list: Bláck')).toBeVisible()
    await expect.element(button('Add to the set list: Red')).not.toBeInTheDocument()
    await press('Add to the set list: Bláck')
    await expect.element(button('4 Bláck')).toHaveAttribute('aria-pressed', 'true')
    await press('Remove from the book: Bláck')
    await expect.element(page.getByText('No title has these words.')).toBeVisible()
  })

  it('have their wrong symbol and its measure named while they are typed', async () => {
    await show('songs')
    await chart().fill('Dm7 | G7\nCmaj7 | Hm')
    await expect.element(page.getByText(/“Hm” in measure 4 of the chart is not a chord/)).toBeVisible()
    await expect.element(chart()).toHaveAttribute('aria-invalid', 'true')
    await chart().fill('Dm7 | G7\nCmaj7 | C2')
    await expect.element(chart()).toHaveAttribute('aria-invalid', 'false')
    await expect.element(page.getByText(/^Measure 4: “C2” is read as add9/)).toBeVisible()
    expect(chart().element().getAttribute('rows')).toBe('3')
  })

  it('say that a pedal is bound by pressing it, and leave the performer’s own controls as they were', async () => {
    const stage = await show('songs')
    await page.getByRole('combobox', { name: 'Bind a control to …' }).selectOptions('next section')
    await expect.element(page.getByText('next section: touch a pedal, knob or pad …')).toBeVisible()
    stage.dispatch({ type: 'control', controller: 64, value: 127 })
    await expect.element(button('Remove: cc 64 ch 1')).toBeInTheDocument()
    await button('Use it').click()
    await expect.poll(() => stage.session.value.songs.list[0]?.controls).toEqual({ 'cc 64 ch 1': 'next-section' })
    expect(stage.session.value.controls.bindings['cc 64 ch 1'] ?? null).toBeNull()
    await press('Remove: cc 64 ch 1')
    await expect.element(button('Remove: cc 64 ch 1')).not.toBeInTheDocument()
  })
})

describe('settings', () => {
  it('learn a control for an action, show it, and unbind it', async () => {
    const stage = await show('settings')
    await page.getByRole('tab', { name: 'Controls' }).click()
    await button('Learn a control for: tap the tempo').click()
    await expect.element(page.getByText('tap the tempo: Touch a control …')).toBeVisible()
    stage.dispatch({ type: 'control', controller: 20, value: 127 })
    await button('Unbind cc 20 ch 1 from: tap the tempo').click()
    await expect.poll(() => stage.session.value.controls.bindings['cc 20 ch 1']).toBeNull()
  })

  it('stop learning when they are closed', async () => {
    const stage = await show('settings')
    await page.getByRole('tab', { name: 'Controls' }).click()
    await button('Learn a control for: tap the tempo').click()
    await expect.poll(() => stage.session.value.controls.learning).toBe('tap')
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => stage.session.value.controls.learning).toBeNull()
  })

  it('have presets of controllers', async () => {
    const stage = await show('settings')
    await page.getByRole('tab', { name: 'Controls' }).click()
    await button('Korg nanoKONTROL2').click()
    await expect.poll(() => stage.session.value.controls.bindings['cc 41']).toBe('play')
    await button('Unbind everything').click()
    await expect
      .poll(() => Object.values(stage.session.value.controls.bindings).every((binding) => binding === null))
      .toBe(true)
  })

  it('send a track to a port and a channel', async () => {
    const stage = await show('settings')
    await page.getByRole('tab', { name: 'MIDI' }).click()
    await page.getByRole('combobox', { name: 'Bass: MIDI output' }).selectOptions('IAC Bus 1')
    await page.getByRole('combobox', { name: 'Bass: Channel' }).selectOptions('3')
    await page.getByRole('switch', { name: 'Bass: Page’s own sound' }).click()
    await expect.poll(() => stage.midi.routes.value.bass).toEqual({ inner: false, output: 'c', channel: 3 })
  })

  it('ask for MIDI where nobody has', async () => {
    const isOpen = signal(false)
    const stage = fakeStage()
    const open = () => {
      isOpen.value = true
    }
    await show('settings', { ...stage, midi: { ...stage.midi, isOpen, open } })
    await page.getByRole('tab', { name: 'MIDI' }).click()
    await button('Use MIDI').click()
    await expect.element(page.getByRole('combobox', { name: 'Listen to' })).toBeVisible()
  })

  it('listen to a microphone, show what it hears, and set how late that is', async () => {
    const stage = await show('settings')
    await page.getByRole('tab', { name: 'Microphone' }).click()
    const latency = page.getByRole('textbox', { name: 'Latency, ms' })
    await expect.element(button('Measure')).toBeDisabled()
    await page.getByRole('switch', { name: 'Listen to a microphone' }).click()
    await expect.element(page.getByText('A2', { exact: true })).toBeVisible()
    await expect.element(latency).toHaveValue('31')
    await latency.fill('55')
    await expect.poll(() => stage.mic.value?.latencyMs.value).toBe(55)
    await latency.fill('x')
    await button('Use the browser’s value').click()
    await expect.element(latency).toHaveValue('31')
    await button('Measure').click()
    await expect.element(page.getByText('Heard.')).toBeVisible()
    await expect.element(latency).toHaveValue('48')
    await page.getByRole('combobox', { name: 'Microphone' }).selectOptions('Scarlett Solo')
    await expect.poll(() => stage.mic.value?.input.value).toBe('m')
    const { violations } = await axe.run(document.querySelector('.panel') as HTMLElement)
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  })

  it('are set back to what they were at first by a double click', async () => {
    const stage = await show('settings')
    await page.getByRole('tab', { name: 'Sound' }).click()
    await userEvent.dblClick(page.getByRole('slider', { name: 'Master' }))
    await expect.poll(() => stage.sound.master.value).toBe(1)
    await userEvent.dblClick(page.getByRole('slider', { name: 'Pan' }).nth(3))
    await expect.poll(() => stage.sound.strips.value.chords.pan).toBe(-0.3)
  })

  it('go from tab to tab by arrow keys', async () => {
    await show('settings')
    await page.getByRole('tab', { name: 'Playing' }).click()
    await userEvent.keyboard('{ArrowLeft}')
    await expect.poll(() => document.activeElement?.textContent).toBe('Controls')
    await userEvent.keyboard('{ArrowRight}')
    await expect.poll(() => document.activeElement?.textContent).toBe('Playing')
  })
})

describe('files', () => {
  it('continue an earlier performance at once, and delete one only after a second press', async () => {
    const stage = await show('files')
    await button(/^Continue the performance of Nov 21/).click()
    await button(/^Delete the performance of Nov 19/).click()
    await expect.poll(() => stage.told).toEqual(['continue one'])
    await button('Delete for good?').click()
    await expect.poll(() => stage.told).toEqual(['continue one', 'forget two'])
  })

  it('say why a file can’t be opened', async () => {
    await show('files')
    await page.getByLabelText('Open a file').upload(new File(['?'], 'holiday.tradefours'))
    await expect.element(page.getByText(/^holiday.tradefours is not a performance/)).toBeVisible()
  })

  it('open a file that is dropped', async () => {
    await show('files')
    const data = new DataTransfer()
    data.items.add(new File(['?'], 'dropped.tradefours'))
    document.querySelector('.drop')?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }))
    await expect.element(page.getByText(/^dropped.tradefours is not a performance/)).toBeVisible()
  })
})

describe('help', () => {
  it('shows the piano’s keys, and those beside them', async () => {
    await show('help')
    const beside = page.getByRole('list', { name: 'Other keys' })
    const says = ['- an octave lower', '= an octave higher', '[ softer', '] louder', '`< sustain pedal']
    expect(
      beside
        .getByRole('listitem')
        .elements()
        .map(({ textContent }) => textContent),
    ).toEqual(says)
  })

  it('leads to the credits', async () => {
    await show('help')
    await button('Credits: sounds, music and code by others').click()
    await expect.element(page.getByText('CC BY 4.0')).toBeVisible()
  })
})

describe('what is known of a performer', () => {
  it('is said and drawn, and the evening with it', async () => {
    await show('player')
    await expect.element(page.getByText('Anna: 240 notes in 30 phrases from 1 evening.')).toBeVisible()
    await page.getByRole('tab', { name: 'In pictures' }).click()
    await expect.poll(() => document.querySelectorAll('.picture').length).toBe(6)
    expect(document.querySelectorAll('.evening circle, .evening rect')).toHaveLength(10)
  })

  it('is forgotten only after a second press, and another performer begins under their name', async () => {
    const stage = await show('player')
    await page.getByRole('tab', { name: 'Keep and forget' }).click()
    await button('Forget me').click()
    await expect.element(button('Forget me: Forget for good?')).toBeVisible()
    expect(stage.told).toEqual([])
    await button('Forget me: Forget for good?').click()
    await page.getByLabelText('Somebody else').fill('Cleo')
    await button('Begin').click()
    expect(stage.told).toEqual(['forget player', 'choose Cleo'])
    await page.getByRole('switch', { name: 'A guest plays' }).click()
    expect(stage.session.value.settings.guest).toBe(true)
  })

  it('says why a file can’t be learnt from', async () => {
    await show('player')
    await page.getByRole('tab', { name: 'Keep and forget' }).click()
    await page.getByLabelText('Learn from files').upload(new File(['{}'], 'bo.player.json'))
    await expect.element(page.getByRole('alert')).toHaveTextContent('bo.player.json is damaged')
  })
})
