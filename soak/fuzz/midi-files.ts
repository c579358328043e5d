import { chooseBass } from '../../src/cli/choose-bass.ts'
import { grooveMidi } from '../../src/cli/groove-midi.ts'
import { InputError } from '../../src/cli/input-error.ts'
import { loopWindow } from '../../src/cli/loop-window.ts'
import { songBass, songHits } from '../../src/cli/song-groove.ts'
import { fixedGroove } from '../../src/groove/index.ts'
import { MidiFileError, measureMap, readMidi } from '../../src/io/midi-file/index.ts'
import { bank, midiBytes, named, notes, program, signature, tempo, walking } from '../../test/midi-bytes.ts'
import { file, type Target } from './target.ts'

/** Everything that becomes of a MIDI file but the model's answer. */
function grooveOf(bytes: Uint8Array): void {
  const song = readMidi(bytes)
  const chosen = chooseBass(song, 'fuzz.mid')
  const { map } = measureMap(song.timeSignatures)
  const bass = songBass(chosen.part.notes, loopWindow(chosen.part, map, 'fuzz.mid', {}))
  const grooves = bass.runs.map((run) => fixedGroove(run.bass))
  const hits = songHits(bass, grooves, song.timeline)
  const written = readMidi(grooveMidi(chosen.part, bass, hits, song.timeline))
  const isWhole = [...bass.notes, ...hits].every(({ step, beat }) => Number.isInteger(step) && Number.isFinite(beat))
  if (!isWhole || written.parts.length === 0) throw new Error('The groove is broken.')
}

/** MIDI files, read alone and made a groove of. */
export const midiFiles: readonly Target[] = [
  {
    name: 'MIDI file',
    good: () => ['bassline', 'seven', 'solo', 'twelve'].map((name) => file(`examples/${name}.mid`)),
    feed: readMidi,
    errors: [MidiFileError],
  },
  {
    name: 'MIDI file as a groove',
    good: () => [
      file('examples/seven.mid'),
      midiBytes(
        [
          { events: [signature(0, 1, 4), signature(480, 4, 4), signature(5760, 7, 8), tempo(0, 97), tempo(6000, 140)] },
          { events: [named('ベース'), program(0, 2, 33), ...walking(2, 24, [36, 38, 41])], end: 480 * 32 },
          { events: [bank(0, 11, 127), ...notes(11, [0, 0.1, 36], [1 / 3, 0.1, 42], [2 / 3, 0.1, 38])], length: 7 },
        ],
        2,
      ),
    ],
    feed: grooveOf,
    errors: [MidiFileError, InputError, RangeError],
  },
]
