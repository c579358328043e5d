import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expression } from '../../../test/arbitraries/events.ts'
import { act, type Cue, playCues } from '../../../test/cues.ts'
import { randomSoloist } from '../../../test/fakes/soloist.ts'
import { runs } from '../../../test/runs.ts'
import { Sounding } from '../../../test/sounding.ts'
import type { SessionInput } from '../index.ts'

const soloist = randomSoloist()
const channels = [1, 2, 3, 15, 16]
const channel = fc.constantFrom(...channels)
const pitch = fc.integer({ min: 57, max: 62 })
const seven = fc.integer({ min: 0, max: 127 })
const set = (setting: string, value: fc.Arbitrary<number | string | boolean>) =>
  value.map((each) => ({ type: 'set', setting, value: each }) as SessionInput)

/** A zone is configured, with up to fifteen members, or taken back. */
const zone = fc.tuple(fc.constantFrom(1, 16), fc.integer({ min: 0, max: 16 })).map(([channel, members]) =>
  [
    [101, 0],
    [100, 6],
    [6, members],
  ].map(([controller = 0, value = 0]): SessionInput => ({ type: 'control', controller, value, channel })),
)

const one: fc.Arbitrary<SessionInput> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ type: fc.constant('noteOn' as const), pitch, velocity: fc.constant(90), channel }),
  },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('noteOff' as const), pitch, channel }) },
  { weight: 6, arbitrary: expression },
  set('zones', fc.constantFrom('off', 'key', 'channel')),
  set('split', pitch),
  set('left', fc.constantFrom('bass', 'chords', 'lead')),
  set('keys', fc.constantFrom('bass', 'chords', 'lead')),
  set('left-channel', channel),
  set('left-octave', fc.integer({ min: -3, max: 3 })),
  set('right-octave', fc.integer({ min: -3, max: 3 })),
  set('mute-lead', fc.boolean()),
  set('doubler', fc.boolean()),
  set('expression', fc.boolean()),
  set('improvise', fc.boolean()),
  fc
    .constantFrom('split-here', 'stop', 'record-bass', 'hand-over-now')
    .map((action) => ({ type: 'run', action }) as SessionInput),
  fc.record({
    type: fc.constant('bind' as const),
    bindings: fc.constantFrom({ 'cc 64': 'doubler' }, { 'cc 1': 'wildness' }, { 'cc 1': null, 'cc 64': null }),
  }),
)

const cues = fc
  .array(fc.oneof({ weight: 9, arbitrary: one.map((input) => [input]) }, zone), { maxLength: 24 })
  .map((all) => all.flat().map((input): Cue => ({ after: 0.03, input })))

/** What was pressed comes up, and what was moved returns. */
function lettingGo(played: readonly Cue[]): Cue[] {
  const ups = played.flatMap(({ input }): SessionInput[] => {
    const { type } = input
    if (type === 'noteOn') return [{ type: 'noteOff', pitch: input.pitch, channel: input.channel ?? 1 }]
    if (type === 'bend' || type === 'pressure') return [{ type, value: 0, channel: input.channel ?? 1 }]
    return type === 'control'
      ? [{ ...input, value: { 11: 127, 74: 64 }[input.controller] ?? (input.controller > 97 ? 127 : 0) }]
      : []
  })
  return ups.map((input) => ({ after: 0, input }))
}

describe('hands in zones, and notes of MPE', () => {
  const endings: [string, (played: readonly Cue[]) => readonly Cue[]][] = [
    ['they are let go', lettingGo],
    ['panic', () => [act('panic')]],
    [
      'the cables are pulled',
      (played) => [...lettingGo(played.filter(({ input }) => input.type === 'noteOn')), ...resets],
    ],
  ]
  /** As an input lets go: the sustain pedal, and then all controllers of the channel. */
  const resets = channels.flatMap((channel) =>
    [64, 121].map((controller): Cue => ({ after: 0, input: { type: 'control', controller, value: 0, channel } })),
  )

  it.each(endings)('leave no note hanging and nothing bent after %s', (_, ending) => {
    fc.assert(
      fc.property(cues, seven, (cues, seed) => {
        const sounding = new Sounding()
        sounding.hear(playCues([...cues, ...ending(cues)], seed, soloist).effects)
        expect([sounding.count, [...sounding.moved.keys()]]).toEqual([0, []])
      }),
      { numRuns: runs(34_000) },
    )
  })
})
