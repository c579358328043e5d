// Writes a MIDI file, and reads it again.
import { bassPart, readMidi, writeMidi } from 'tradefours/midi-file'
import { fourFour, pitchName } from 'tradefours/music'
import { timeline } from 'tradefours/timing'

const notes = [36, 43, 40, 41].map((pitch, beat) => ({ pitch, velocity: 96, beat, beats: 1 }))
const bytes = writeMidi({
  metre: fourFour,
  timeline: timeline(112),
  length: 4,
  tracks: [{ name: 'Bass', channel: 1, program: 33, notes }],
})

const { parts, timeline: line } = readMidi(bytes)
console.log(
  `${Math.round(line[0].bpm)}: ${bassPart(parts)
    ?.notes.map(({ pitch }) => pitchName(pitch))
    .join(' ')}`,
)
// 112: C2 G2 E2 F2
