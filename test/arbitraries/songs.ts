import fc from 'fast-check'
import { drums } from '../../src/music/index.ts'
import { type SessionInput, songVersion } from '../../src/session/index.ts'
import { between, bindings, optional, pitch, sectionAction } from './events.ts'

const measures = fc.integer({ min: 1, max: 2 })
const note = fc.record({ pitch, beat: between(0, 2.99), beats: between(0, 2) })
const loop = fc.option(fc.record({ measures, notes: fc.array(note, { maxLength: 4 }) }))
const hit = fc.record({ step: fc.nat(11), drum: fc.constantFrom(...drums) })
const drumLoop = fc.option(fc.record({ measures, hits: fc.array(hit, { maxLength: 4 }) }))
const loops = optional({}, { bass: loop, chords: loop, drums: drumLoop })

/** Measures of three beats and more, so that every note has its place. */
const metre = fc.constantFrom('4/4', '3/4', '7/8')
const chart = fc.constantFrom('C | F', 'Bb7')
const parts = {
  enter: fc.constantFrom('now' as const, 'measure' as const, 'loop' as const),
  next: fc.constant('1'),
  play: fc.boolean(),
  tempo: fc.integer({ min: 60, max: 240 }),
  chart: fc.option(chart),
  set: fc.constantFrom({}, { improvise: true }, { 'mute-lead': true, swing: 2 / 3 }, {
    keys: 'bass',
    doubler: true,
  } as const),
  do: fc.array(sectionAction, { maxLength: 2 }),
  controls: bindings,
}
const section = fc.oneof(
  { weight: 4, arbitrary: optional({}, { ...parts, metre }) },
  { weight: 4, arbitrary: optional({ metre, loops }, parts) },
  { weight: 1, arbitrary: optional({ leave: fc.constant('note' as const) }, parts) },
  { weight: 3, arbitrary: optional({ leave: fc.constant('end' as const), metre, chart }, parts) },
)
const song = fc
  .record({ controls: bindings, sections: fc.array(section, { minLength: 1, maxLength: 3 }) })
  .map(({ controls, sections }) => ({
    ...({ format: 'tradefours-song', version: songVersion, title: 'Song', controls } as const),
    sections: sections.map((section, index) => ({ name: `${index + 1}`, ...section })),
  }))

/** A set list is laid on the stand. */
export const setList: fc.Arbitrary<SessionInput> = fc.record({
  type: fc.constant('setList'),
  songs: fc.array(song, { maxLength: 2 }),
})
