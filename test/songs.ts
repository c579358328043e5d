import { type Section, type Song, songVersion } from '../src/session/index.ts'
import { Performer } from './performer.ts'

/** A song of sections that are named `1`, `2` and so on unless they say otherwise; any pedal goes on. */
export function song(sections: Partial<Section>[], controls: Song['controls'] = { program: 'next-section' }): Song {
  const named = sections.map((section, index) => ({ name: `${index + 1}`, ...section }))
  return { format: 'tradefours-song', version: songVersion, title: 'Song', sections: named, controls }
}

/** A written bassline of one note a beat, upwards from a pitch. */
export function writtenBass(pitch: number, measures = 2, beats = 4): NonNullable<Section['loops']> {
  const notes = Array.from({ length: measures * beats }, (_, beat) => ({ pitch: pitch + beat, beat, beats: 1 }))
  return { bass: { measures, notes } }
}

/** A performer in front of a set list. */
export function stageWith(...songs: Song[]): Performer {
  return new Performer().do({ type: 'setList', songs })
}

/** Presses the pedal that sends program changes. */
export function pedal(performer: Performer, at = performer.at, program = 1): Performer {
  return performer.do({ type: 'program', program }, at)
}

/** The name of the section that the performer is in. */
export function sectionOf({ state: { songs } }: Performer): string | undefined {
  return songs.list[songs.song]?.sections[songs.section]?.name
}
