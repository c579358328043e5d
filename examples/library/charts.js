// Reads charts of iReal Pro, MusicXML, ChordPro or plain text: bars in playing order, repeats carried out.
import { readFileSync } from 'node:fs'
import { readCharts } from 'tradefours/charts'

const file = readFileSync(new URL('../charts/minor-blues.txt', import.meta.url))
const { songs } = await readCharts(file, 'minor-blues.txt')
for (const { title, style, tempo, bars } of songs) {
  const first = bars.slice(0, 4).map(({ chords }) => chords.map(({ symbol }) => symbol).join(' ') || '%')
  console.log(`${title}, ${style}, ${tempo}, ${bars.length} measures: ${first.join(' | ')}`)
}
// Minor blues in C, Medium Swing, 144, 24 measures: Cm6 | Fm7 | Cm6 | C7alt
