/** Agreement with a library that was written by somebody else: tonal, and all the chord types that it has. */
import { ChordType, Interval } from 'tonal'
import { expect, it } from 'vitest'
import { parseChord } from './chord.ts'
import { pitchClass } from './note.ts'

/** Why a symbol has other tones here, by what follows the root. */
const explained: Readonly<Record<string, string>> = {
  '^': 'A triangle is a major seventh, in iReal Pro and in jazz books.',
  '^#5': 'So it is with a sharp fifth, too.',
  4: 'C4 is Csus4 in pop books; tonal stacks fourths.',
  b9sus: 'Cb9sus is C flat with 9sus.',
  alt7: 'Calt and Calt7 are the same chord; tonal has b9 in the one and #5#9 in the other.',
  altered: 'Calt and Caltered are the same chord.',
  'augmented seventh': 'An augmented seventh chord has a minor seventh.',
  'major seventh flat sixth': 'A sixth leaves the fifth in.',
  M7b6: 'A sixth leaves the fifth in.',
  '^7b6': 'A sixth leaves the fifth in.',
  mb6M7: 'A sixth leaves the fifth in.',
  mb6b9: 'A sixth leaves the fifth in.',
  '7b13': 'A thirteenth leaves the fifth in, as in tonal’s own 7b9b13.',
  '9b13': 'A thirteenth leaves the fifth in.',
  M6b5: 'A flat fifth is in the place of the fifth, as in tonal’s own 7b5.',
  '6b5': 'A flat fifth is in the place of the fifth.',
  '7b5b13': 'A flat fifth is in the place of the fifth.',
  '7b5#9': 'A flat fifth is in the place of the fifth.',
  '7#9b5': 'A flat fifth is in the place of the fifth.',
  '9b5b13': 'A flat fifth is in the place of the fifth.',
  '7b5b9': 'A flat fifth is in the place of the fifth.',
  '7b9b5': 'A flat fifth is in the place of the fifth.',
  '7b5b9b13': 'A flat fifth is in the place of the fifth.',
  M7add13: 'What adds a thirteenth adds no ninth.',
}

/** What tonal reads and no lead sheet has. */
const unread = ['lydian dominant seventh', 'major sharp eleventh (lydian)', 'm11A']

const types = ChordType.all().flatMap(({ name, aliases, intervals }) =>
  [...new Set([...(name ? [name] : []), ...aliases])].map((alias) => ({ alias, intervals })),
)
const sorted = (pitches: readonly number[]) => [...new Set(pitches)].sort((a, b) => a - b)

it.each([
  ['C', 0],
  ['F#', 6],
  ['Bb', 10],
  ['D♭', 1],
])('on %s every chord type of tonal has tonal’s tones, but for those that are explained', (root, pitch) => {
  const different: string[] = []
  const refused: string[] = []
  for (const { alias, intervals } of types) {
    const tones = parseChord(`${root}${alias}`)?.tones
    const theirs = sorted(intervals.map((interval) => pitchClass(pitch + Interval.semitones(interval))))
    if (!tones) refused.push(alias)
    else if (`${sorted(tones)}` !== `${theirs}`) different.push(alias)
  }
  // After an accidental, a b belongs to what follows it.
  const own = Object.keys(explained).filter((alias) => alias !== 'b9sus' || root === 'C')
  expect(different.sort()).toEqual(own.sort())
  expect(refused.sort()).toEqual([...unread].sort())
  expect(types.length - different.length - refused.length).toBeGreaterThan(220)
})
