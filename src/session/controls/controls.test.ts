import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { type ActionId, type Binding, type Bindings, controllers, isAction, settings } from '../index.ts'

const actionOf = (binding: Binding) => (typeof binding === 'string' ? binding : binding.action)

function bound(bindings: Bindings): Performer {
  return new Performer().do({ type: 'bind', bindings })
}

function turn(performer: Performer, controller: number, value: number, channel?: number): Performer {
  return performer.do({ type: 'control', controller, value, ...(channel && { channel }) })
}

/** Presses a button and lets it go. */
function push(performer: Performer, controller: number): Performer {
  return turn(turn(performer, controller, 127), controller, 0)
}

describe.each(Object.entries(controllers))('the map of %s', (_, { bindings }) => {
  it('names only real actions', () => {
    for (const binding of Object.values(bindings)) expect(isAction(actionOf(binding))).toBe(true)
  })

  it('leaves the sustain pedal alone', () => {
    expect(bindings).not.toHaveProperty('cc 64')
  })

  it('is taken by a session', () => {
    expect(bound(bindings).state.controls.bindings).toEqual(bindings)
  })
})

describe('a nanoKONTROL2', () => {
  it('drives a session from the first tap to the improvisation', () => {
    const performer = bound(controllers.nanokontrol2.bindings).act('count-in', 0)
    const now = () => performer.state.settings
    for (const at of [1, 1.5, 2]) push(performer.do({ type: 'tick' }, at), 32)
    expect(now().tempo).toBeCloseTo(120, 6)
    // ML-Jam's knobs are even: the tempo from 0 to 300, the temperature from 0 to 5, and not below 0.01.
    for (const [knob, tempo] of [
      [0, 20],
      [8, 20],
      [9, (300 * 9) / 127],
      [64, (300 * 64) / 127],
      [127, 300],
    ] as const)
      expect(turn(performer, 16, knob).state.settings.tempo).toBeCloseTo(tempo, 9)
    expect(turn(performer, 18, 0).state.settings.temperature).toBeCloseTo(0.01, 9)
    expect(turn(performer, 18, 64).state.settings.temperature).toBeCloseTo((5 * 64) / 127, 9)
    performer.act('tempo', 120)

    push(push(push(performer, 59), 58), 58)
    push(push(performer, 62), 61)
    expect(performer.state.transport.form.metre).toMatchObject({ numerator: 3, denominator: 4 })
    push(push(push(performer, 59), 44), 43)
    expect(performer.state.transport.form.metre).toMatchObject({ numerator: 4, denominator: 4 })
    expect(now().measures).toBe(2)

    push(performer, 41)
    expect(performer.state.transport.playing).toBe(true)
    push(performer, 65)
    const start = Math.ceil(performer.beat / 4) * 4
    performer.play([note(0, 36), note(4, 43)], start).wait(start + 8.1)
    expect(performer.state.material.loops.bass?.notes).toHaveLength(2)

    push(turn(performer, 18, 127), 66)
    expect(performer.asks('groove')).toMatchObject([{ temperature: 5 }])
    performer.act('fixed-groove', false)
    expect(push(push(performer, 34), 34).state.settings['fixed-groove']).toBe(true)

    push(performer, 67)
    performer.play([note(0, 60), note(0, 64), note(0, 67)], start + 16).wait(start + 24.1)
    expect(performer.state.material.loops.chords?.notes).toHaveLength(3)

    for (const [slider, track] of [
      [1, 'bass'],
      [3, 'chords'],
      [4, 'lead'],
    ] as const) {
      expect(turn(performer, slider, 127).state.settings[`volume-${track}`]).toBe(5)
    }
    for (const [button, track] of [
      [48, 'click'],
      [49, 'bass'],
      [50, 'drums'],
      [51, 'chords'],
    ] as const) {
      expect(push(performer, button).state.settings[`mute-${track}`]).toBe(true)
      expect(push(performer, button).state.settings[`mute-${track}`]).toBe(false)
    }

    push(push(performer, 68), 68)
    expect(now().improvise).toBe(true)
    expect(now().keys).toBe('lead')
    push(push(performer, 36), 36)
    expect(now().improvise).toBe(false)
    push(performer, 46)
    expect(performer.state.material.loops.chords).toBeNull()
    push(performer, 42)
    expect(performer.state.transport.playing).toBe(false)
  })
})

describe('a control that is learnt', () => {
  const learning = (action: ActionId) => new Performer().do({ type: 'learn', action })

  it.each([
    ['a pedal', { type: 'control', controller: 67, value: 127, channel: 2 }, 'cc 67 ch 2'],
    ['a pad', { type: 'noteOn', pitch: 36, velocity: 1, channel: 10 }, 'note 36 ch 10'],
    ['a program change', { type: 'program', program: 3 }, 'program 3 ch 1'],
  ] as const)('is %s on its channel, and that touch does nothing else', (_, input, name) => {
    const { state, effects } = learning('doubler').do(input)
    expect(state.controls.bindings).toEqual({ [name]: 'doubler' })
    expect(state.controls.learning).toBeNull()
    expect(state.settings.doubler).toBe(false)
    expect(effects).toMatchObject([{ type: 'notify', notice: 'learnt', detail: name }])
  })

  it.each([1, 64, 127])('is a knob wherever it stands, at %d', (value) => {
    const { bindings } = turn(learning('temperature'), 18, value).state.controls
    expect(bindings).toEqual({ 'cc 18 ch 1': 'temperature' })
  })

  it('does what it has learnt from the next touch on, on that channel alone', () => {
    const performer = learning('doubler').do({ type: 'program', program: 3, channel: 2 })
    expect(performer.do({ type: 'program', program: 3 }).state.settings.doubler).toBe(false)
    expect(performer.do({ type: 'program', program: 3, channel: 2 }).state.settings.doubler).toBe(true)
  })

  it('does nothing more on the way of the foot that taught it', () => {
    const performer = learning('doubler')
    for (const value of [20, 60, 80, 127, 90, 30, 0]) turn(performer, 11, value)
    expect(performer.state.settings.doubler).toBe(false)
    expect(push(performer, 11).state.settings.doubler).toBe(true)
  })

  it.each([
    ['tap', [100, 0]],
    ['volume-lead', [0]],
  ] as const)('is not the pedal that was down before and comes up, if it is to do %s', (action, values) => {
    const performer = turn(new Performer(), 64, 127).do({ type: 'noteOn', pitch: 60, velocity: 90 })
    performer.do({ type: 'noteOff', pitch: 60 }).do({ type: 'learn', action })
    for (const value of values) turn(performer, 64, value)
    expect(performer.sounding('lead')).toEqual([])
    expect(performer.state.controls.learning).toBe(action)
  })

  it('can be thought better of', () => {
    const performer = learning('tap').do({ type: 'learn', action: null })
    expect(push(performer, 20).state.controls.bindings).toEqual({})
  })
})

describe('a knob', () => {
  it('covers every word of a choice', () => {
    const performer = bound({ 'cc 16': 'keys' })
    const values = [0, 64, 127].map((value) => turn(performer, 16, value).state.settings.keys)
    expect(values).toEqual(['bass', 'chords', 'lead'])
  })

  it.each(['tempo', 'volume-bass', 'swing', 'measures', 'split', 'temperature'] as const)(
    'covers the whole of %s',
    (setting) => {
      const performer = bound({ 'cc 16': setting })
      const values = Array.from({ length: 128 }, (_, value) => turn(performer, 16, value).state.settings[setting])
      expect(values[0]).toBeCloseTo(settings[setting].least, 12)
      expect(values[127]).toBeCloseTo(settings[setting].most, 12)
      expect(values).toEqual([...values].sort((a, b) => a - b))
    },
  )

  it('goes evenly from one number to another where its binding says so, backwards too', () => {
    const performer = bound({ 'cc 16': { action: 'volume-bass', from: 2, to: 1 } })
    const values = [0, 127].map((value) => turn(performer, 16, value).state.settings['volume-bass'])
    expect(values).toEqual([2, 1])
  })

  it('goes by ratios where the setting does', () => {
    const performer = bound({ 'cc 18': 'temperature' })
    const at = (value: number) => turn(performer, 18, value).state.settings.temperature
    expect(at(90) / at(60)).toBeCloseTo(at(60) / at(30), 9)
  })
})

describe('a button', () => {
  it('acts once each time that it goes down, from 64 on', () => {
    const performer = bound({ 'cc 20': 'doubler' })
    const after = (value: number) => turn(performer, 20, value).state.settings.doubler
    expect([63, 64, 127, 65, 64, 0, 1, 63, 127].map(after)).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      false,
    ])
  })

  it('acts again although it came up while it was bound to nothing', () => {
    const performer = turn(bound({ 'cc 20': 'doubler' }), 20, 127).do({ type: 'bind', bindings: { 'cc 20': null } })
    turn(performer, 20, 0).do({ type: 'bind', bindings: { 'cc 20': 'doubler' } })
    expect(turn(performer, 20, 127).state.settings.doubler).toBe(false)
  })

  it('sets a setting to a value, or moves it by steps', () => {
    const performer = bound({ 'cc 20': { action: 'split', value: 40 }, 'cc 21': { action: 'split', by: -3 } })
    expect(push(push(performer, 20), 21).state.settings.split).toBe(37)
    expect(push(push(performer, 20), 20).state.settings.split).toBe(40)
  })

  it('goes a step on and round on a setting when it is a pad or a program', () => {
    const performer = bound({ 'program 5': 'hand-over', 'note 36': 'hand-over' })
    const steps = [1, 2, 3, 4].map((_, index) => {
      performer.do(index % 2 ? { type: 'program', program: 5 } : { type: 'noteOn', pitch: 36, velocity: 90 })
      return performer.state.settings['hand-over']
    })
    expect(steps).toEqual(['measures', 'pedal', 'count', 'phrase'])
  })
})

describe('the name of a control', () => {
  it('counts the more, the more exact it is', () => {
    const performer = bound({ program: 'doubler', 'program 2': 'live', 'program 2 ch 3': 'hold' })
    performer.do({ type: 'program', program: 2, channel: 3 })
    expect(performer.state.settings).toMatchObject({ doubler: false, live: true, hold: true })
    performer.do({ type: 'program', program: 2 })
    expect(performer.state.settings).toMatchObject({ doubler: false, live: false, hold: true })
    performer.do({ type: 'program', program: 1 })
    expect(performer.state.settings).toMatchObject({ doubler: true, live: false, hold: true })
  })

  it('leaves the word to a less exact one when it is unbound', () => {
    const performer = bound({ program: 'doubler', 'program 2': 'live' })
    performer.do({ type: 'bind', bindings: { 'program 2': null } }).do({ type: 'program', program: 2 })
    expect(performer.state.settings).toMatchObject({ doubler: true, live: true })
  })
})

describe('a key', () => {
  it('that is bound makes no sound, neither when it goes down nor when it comes up', () => {
    const performer = bound({ 'note 36': 'doubler' })
    performer.do({ type: 'noteOn', pitch: 36, velocity: 20 }).do({ type: 'noteOff', pitch: 36 })
    expect(performer.effects).toEqual([])
    expect(performer.state.settings.doubler).toBe(true)
  })

  it('that is bound while it is held still ends', () => {
    const performer = new Performer().do({ type: 'noteOn', pitch: 60, velocity: 90 })
    performer.do({ type: 'bind', bindings: { 'note 60': 'tap' } })
    expect(performer.do({ type: 'noteOff', pitch: 60 }).sounding('lead')).toEqual([])
  })
})

describe('a pedal whose cable is pulled while it is down', () => {
  it('acts at its next press, and another channel’s is down still', () => {
    const performer = bound({ 'cc 41': 'doubler' })
    performer.do({ type: 'control', controller: 41, value: 127, channel: 3 })
    turn(performer, 41, 127)
    performer.do({ type: 'control', controller: 121, value: 0, channel: 1 })
    performer.do({ type: 'control', controller: 41, value: 127, channel: 3 })
    expect(performer.state.settings.doubler).toBe(false)
    expect(turn(performer, 41, 127).state.settings.doubler).toBe(true)
  })
})

describe('the sustain pedal', () => {
  const held = (performer: Performer) =>
    turn(performer, 64, 127).do({ type: 'noteOn', pitch: 60, velocity: 90 }).do({ type: 'noteOff', pitch: 60 })

  it('sustains unless it is bound', () => {
    expect(held(new Performer()).sounding('lead')).toEqual([60])
    expect(turn(held(new Performer()), 64, 0).sounding('lead')).toEqual([])
    expect(held(bound({ 'cc 64': 'doubler' })).sounding('lead')).toEqual([])
    expect(held(bound({ 'cc 64': 'doubler' })).state.settings.doubler).toBe(true)
  })

  it('can be learnt', () => {
    const performer = push(new Performer().do({ type: 'learn', action: 'doubler' }), 64)
    expect(held(performer).sounding('lead')).toEqual([])
    expect(performer.state.settings.doubler).toBe(true)
  })

  it('lets go when it comes up, though it has been bound in the meantime', () => {
    const performer = held(new Performer()).do({ type: 'bind', bindings: { 'cc 64': 'doubler' } })
    expect(turn(performer, 64, 0).sounding('lead')).toEqual([])
    expect(performer.state.settings.doubler).toBe(false)
  })
})
