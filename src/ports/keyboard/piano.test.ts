import { describe, expect, it } from 'vitest'
import { createKeyPiano } from './piano.ts'

describe('a computer’s keyboard', () => {
  it('is a piano from C, white keys in a row and black keys above', () => {
    const piano = createKeyPiano()
    const pitches = ['KeyA', 'KeyW', 'KeyS', 'KeyK', 'Quote'].flatMap((code) =>
      (piano.down(code) ?? []).map((happening) => happening.type === 'noteOn' && happening.pitch),
    )
    expect(pitches).toEqual([60, 61, 62, 72, 77])
    expect(piano.labels().get(60)).toBe('A')
  })

  it('strikes a key once, however long it repeats, and lets go of the pitch it struck, whatever octave it is now', () => {
    const piano = createKeyPiano()
    expect(piano.down('KeyA')).toHaveLength(1)
    expect(piano.down('KeyA')).toEqual([])
    expect(piano.down('KeyX')).toEqual([])
    expect(piano.down('KeyS')).toEqual([{ type: 'noteOn', pitch: 74, velocity: 90 }])
    expect(piano.up('KeyA')).toEqual([{ type: 'noteOff', pitch: 60 }])
    expect(piano.up('KeyA')).toEqual([])
    expect(piano.letGo()).toEqual([{ type: 'noteOff', pitch: 74 }])
  })

  it('is softer and harder, and stays among MIDI’s pitches', () => {
    const piano = createKeyPiano()
    for (let time = 0; time < 20; time++) {
      piano.down('KeyX')
      piano.down('KeyV')
    }
    expect(piano.down('Quote')).toEqual([{ type: 'noteOn', pitch: 113, velocity: 127 }])
  })

  it('leaves other keys alone', () => {
    const piano = createKeyPiano()
    expect(['Space', 'Digit1', 'Enter', 'ArrowLeft', 'F5'].map((code) => piano.down(code))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
  })
})
