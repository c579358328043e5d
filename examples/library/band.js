// A band plays a chart: two choruses of bass and chords, to an ending.
import { arrange, bandStyleFor, formOf, playBand } from 'tradefours/band'
import { readCharts } from 'tradefours/charts'
import { readMidi, writeMidi } from 'tradefours/midi-file'
import { fourFour } from 'tradefours/music'
import { timeline } from 'tradefours/timing'

const { songs } = await readCharts('Dm7 | G7 | Cmaj7 | Am7')
const measures = arrange(formOf(songs[0]?.bars ?? []), 2)
const style = bandStyleFor('Bossa Nova')
const { bass, comping } = playBand(measures, { style, bpm: style.bpm, intensity: 0.6, seed: 1 })

const file = writeMidi({
  metre: fourFour,
  timeline: timeline(style.bpm),
  length: measures.length * 4,
  tracks: [
    { name: 'Bass', channel: 1, program: style.programs.bass, notes: bass },
    { name: 'Chords', channel: 2, program: style.programs.chords, notes: comping },
  ],
})
console.log(
  style.name,
  measures.length,
  readMidi(file)
    .parts.map(({ name }) => name)
    .join(', '),
)
// bossa 8 Bass, Chords
