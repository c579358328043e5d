// Metres, chords and charts are plain data.
import { accentAt, chordAt, measureBeats, parseChart, parseMetre, pitchName } from 'tradefours/music'

const metre = parseMetre('2+2+3/8')
const accents = Array.from({ length: 7 }, (_, eighth) => accentAt(metre, eighth / 2))
console.log(`${measureBeats(metre)} quarter notes: ${accents.join(' ')}`)

const chart = parseChart('Dm7 | G7alt | Cmaj7 | %')
const chord = chordAt(chart, parseMetre('4/4'), 5)
console.log(`${chord?.symbol}: ${chord?.tones.map((tone) => pitchName(60 + tone)).join(' ')}`)
// 3.5 quarter notes: downbeat unit pulse unit pulse unit unit
// G7alt: G4 B4 Eb4 F4 Bb4
