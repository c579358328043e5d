import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actions, type SessionInput, type Setting, settings } from '../../session/index.ts'
import { createKeyPiano, pianoControls, pianoKeys } from './key-piano.ts'

const on = (pitch: number, velocity = 96) => ({ type: 'noteOn', pitch, velocity })
const off = (pitch: number) => ({ type: 'noteOff', pitch })
const pedal = (value: number) => ({ type: 'control', controller: 64, value })

describe('a computer’s keys as a piano', () => {
  it('have nothing else to do', () => {
    const taken = [...Object.values(actions), ...Object.values<Setting>(settings)].flatMap((each) =>
      'key' in each && each.key ? [each.key.replace('Shift+', '')] : [],
    )
    const mine = [...pianoKeys.map(({ code }) => code), ...Object.keys(pianoControls)]
    expect(mine.filter((code) => taken.includes(code) || /^Digit|Space|Slash$/.test(code))).toEqual([])
    expect(new Set(mine).size).toBe(mine.length)
  })

  it('sound every pitch of two octaves and a half', () => {
    const piano = createKeyPiano()
    const pitches = pianoKeys.flatMap(({ code, sharpens }) =>
      (sharpens ? [false, true] : [false]).flatMap((shift) => {
        const sounded = piano.down(code, shift)[0] as Extract<SessionInput, { type: 'noteOn' }>
        piano.up(code)
        return sounded.pitch
      }),
    )
    expect([...new Set(pitches)].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => 48 + index))
    expect(piano.labels().size).toBe(30)
    expect([48, 49, 60, 61, 77].map((pitch) => piano.labels().get(pitch))).toEqual(['Z', '⇧Z', 'A', 'W', "'"])
  })

  it('end what they began, whatever was changed meanwhile', () => {
    const piano = createKeyPiano()
    expect(piano.down('KeyZ', true)).toEqual([on(49)])
    piano.down('Equal')
    expect(piano.up('KeyZ')).toEqual([off(49)])
    expect(piano.down('KeyA')).toEqual([on(72)])
    expect(piano.labels().get(72)).toBe('A')
  })

  it('are struck once, however often they say that they are down', () => {
    const piano = createKeyPiano()
    expect([piano.down('KeyA'), piano.down('KeyA'), piano.up('KeyA'), piano.up('KeyA')]).toEqual([
      [on(60)],
      [],
      [off(60)],
      [],
    ])
  })

  it('end a pitch that two of them sound with the last', () => {
    const piano = createKeyPiano()
    expect([piano.down('KeyA'), piano.down('Comma'), piano.up('KeyA'), piano.up('Comma')]).toEqual([
      [on(60)],
      [on(60)],
      [],
      [off(60)],
    ])
  })

  it('have a sustain pedal', () => {
    const piano = createKeyPiano()
    expect(['Backquote', 'Backquote', 'IntlBackslash'].map((code) => piano.down(code))).toEqual([[pedal(127)], [], []])
    expect([piano.up('Backquote'), piano.up('IntlBackslash')]).toEqual([[], [pedal(0)]])
  })

  it('go no further than MIDI does', () => {
    const piano = createKeyPiano()
    for (let count = 0; count < 20; count++) for (const code of ['Minus', 'BracketLeft']) piano.down(code)
    expect(piano.down('KeyZ')).toEqual([on(0, 16)])
    for (let count = 0; count < 20; count++) for (const code of ['Equal', 'BracketRight']) piano.down(code)
    expect(piano.down('Quote')).toEqual([on(125, 127)])
  })

  it('leave nothing hanging when all are let go', () => {
    const codes = [...pianoKeys.map(({ code }) => code), ...Object.keys(pianoControls)]
    const stroke = fc.record({ code: fc.constantFrom(...codes), isDown: fc.boolean(), shift: fc.boolean() })
    fc.assert(
      fc.property(fc.array(stroke), (strokes) => {
        const piano = createKeyPiano()
        const heard = strokes.flatMap(({ code, isDown, shift }) => (isDown ? piano.down(code, shift) : piano.up(code)))
        const sounding = new Set<string>()
        for (const each of [...heard, ...piano.letGo()]) {
          if (each.type === 'noteOn') sounding.add(`key ${each.pitch}`)
          else if (each.type === 'noteOff') sounding.delete(`key ${each.pitch}`)
          else if (each.type === 'control' && each.value > 0) sounding.add('pedal')
          else sounding.delete('pedal')
        }
        expect([...sounding]).toEqual([])
        expect(piano.letGo()).toEqual([])
      }),
    )
  })
})
