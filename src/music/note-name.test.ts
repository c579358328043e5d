import { expect, it } from 'vitest'
import { bassName, namePitchClass, readNoteName, rootName } from './note-name.ts'

it.each([
  ['C', 0],
  ['B#', 0],
  ['Cb', 11],
  ['Bb', 10],
  ['Bbb', 9],
  ['F#', 6],
  ['F##', 7],
])('%s is the pitch class %i', (name, pitch) => {
  expect(namePitchClass(name)).toBe(pitch)
})

const scale = (key: number, minorThird: boolean) =>
  Array.from({ length: 12 }, (_, pitch) => rootName(pitch, key, minorThird)).join(' ')

it('roots are spelled in the key', () => {
  expect(scale(0, false)).toBe('C Db D Eb E F F# G Ab A Bb B')
  expect(scale(0, true)).toBe('C C# D Eb E F F# G G# A Bb B')
  expect(scale(4, false)).toBe('C C# D D# E F F# G G# A A# B')
  expect(scale(-5, false)).toBe('C Db D Eb E F Gb G Ab A Bb B')
  for (let key = -6; key <= 6; key++) {
    for (let pitch = 0; pitch < 12; pitch++) {
      for (const minor of [true, false]) expect(namePitchClass(rootName(pitch, key, minor))).toBe(pitch)
    }
  }
})

it('a bass is spelled in its chord', () => {
  expect(bassName(1, 'A', 0, 4)).toBe('C#')
  expect(bassName(6, 'C', 0, null)).toBe('F#')
})

it.each([
  ['Bb7', 'english', 'Bb', '7'],
  ['bb7', 'english', 'Bb', '7'],
  ['Abb5', 'english', 'Ab', 'b5'],
  ['Abbm7', 'english', 'Abb', 'm7'],
  ['F#m', 'english', 'F#', 'm'],
  ['H7', 'german', 'B', '7'],
  ['B7', 'german', 'Bb', '7'],
  ['Bb7', 'german', 'Bb', '7'],
  ['Es7', 'german', 'Eb', '7'],
  ['Esus4', 'german', 'E', 'sus4'],
  ['Asus4', 'german', 'A', 'sus4'],
  ['Fism7', 'german', 'F#', 'm7'],
  ['Desm', 'german', 'Db', 'm'],
  ['Sib7', 'solfège', 'Bb', '7'],
  ['Ré#m', 'solfège', 'D#', 'm'],
] as const)('%s (%s) begins with %s', (text, naming, name, rest) => {
  expect(readNoteName(text, naming)).toEqual({ name, rest })
})

it('nothing else is a note', () => {
  expect(readNoteName('H7', 'english')).toBeNull()
  expect(readNoteName('', 'german')).toBeNull()
  expect(readNoteName('X', 'solfège')).toBeNull()
})
