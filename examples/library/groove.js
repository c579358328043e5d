// A groove from a bassline in a file: by rule, then by the model, with a drummer's touch.
import { readFileSync } from 'node:fs'
import { openCheckpoint } from 'tradefours/checkpoints'
import { applyFeel, bassline, fixedGroove, grooveNotes, modelGroove } from 'tradefours/groove'
import { bassPart, readMidi, writeMidi } from 'tradefours/midi-file'
import { createModel, finish } from 'tradefours/models'
import { measureBeats, parseMetre } from 'tradefours/music'
import { tempoAt } from 'tradefours/timing'

const drummer = createModel(await openCheckpoint('drums'), 'drums')
const feel = createModel(await openCheckpoint('feel'), 'feel')

const song = readMidi(readFileSync(new URL('../seven.mid', import.meta.url)))
const metre = parseMetre('7/8')
const bass = bassline(bassPart(song.parts)?.notes ?? [], metre)
const bpm = tempoAt(song.timeline, 0)

const fixed = fixedGroove(bass)
const groove = finish(modelGroove(drummer, fixed, { seed: 1, bpm }))
const felt = applyFeel(feel, groove, { bpm }, 1)

const drums = { name: 'Drums', channel: 10, notes: grooveNotes(felt, bpm) }
const length = bass.measures * measureBeats(metre)
const file = writeMidi({ metre, timeline: song.timeline, length, tracks: [drums] })
console.log(readMidi(file).parts[0]?.notes.length === felt.hits.length)
// true
