// Plays a chart with bass, chords and drums into a MIDI file.
import { readFileSync, writeFileSync } from 'node:fs'
import { arrange, bandStyleFor, formOf, playBand } from 'tradefours/band'
import { readCharts } from 'tradefours/charts'
import { openCheckpoint } from 'tradefours/checkpoints'
import { bassline, fixedGroove, grooveNotes, modelGroove } from 'tradefours/groove'
import { readMidi, type TrackToWrite, writeMidi } from 'tradefours/midi-file'
import { createModel, finish } from 'tradefours/models'
import { fourFour, measureBeats } from 'tradefours/music'
import { timeline } from 'tradefours/timing'

const { songs } = await readCharts('Dm7 | G7 | Cmaj7 | A7 | Dm7 | G7 | Cmaj7 | %')
const [song] = songs
if (!song) throw new Error('There is nothing to play.')

const measures = arrange(formOf(song.bars), 1)
const style = bandStyleFor('bossa nova', fourFour)
const { bass, comping } = playBand(measures, { style, bpm: style.bpm, intensity: 0.5, seed: 7 })

const drummer = createModel(await openCheckpoint('drums'), 'drums')
const fixed = fixedGroove(bassline(bass, fourFour, measures.length))
const groove = finish(modelGroove(drummer, fixed, { seed: 7, bpm: style.bpm, style: style.drums }))

const tracks: TrackToWrite[] = [
  { name: 'Bass', channel: 1, program: style.programs.bass, notes: bass },
  { name: 'Chords', channel: 2, program: style.programs.chords, notes: comping },
  { name: 'Drums', channel: 10, notes: grooveNotes(groove, style.bpm) },
]
const length = measures.length * measureBeats(fourFour)
writeFileSync('out.mid', writeMidi({ metre: fourFour, timeline: timeline(style.bpm), length, tracks }))

const { parts } = readMidi(readFileSync('out.mid'))
console.log(`${measures.length} measures of ${style.name} in out.mid: ${parts.map(({ name }) => name).join(', ')}`)
