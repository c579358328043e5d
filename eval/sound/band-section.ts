import { arrange, bandStyles, formOf } from '../../src/band/index.ts'
import { accompany } from '../../src/cli/accompany.ts'
import { timedNotes } from '../../src/cli/accompany-wav.ts'
import { renderNotes, type TimedNote, type Wave } from '../../src/devices/audio/index.ts'
import { readCharts } from '../../src/io/charts/index.ts'
import { timeline } from '../../src/timing/index.ts'
import type { Section, Target } from '../report/report.ts'
import { integratedLoudness } from './loudness.ts'
import { type Studio, sampleRate } from './studio.ts'

/** Styles that have all the sounds between them. */
const heard = ['swing', 'bossa', 'funk', 'pop']

/** Eight measures of ordinary changes. */
const chart = 'Dm7 | G7 | Cmaj7 | A7 | Dm7 | G7 | C6 Am7 | Dm7 G7'

/** In LU, where bass and chords are meant to be beside the drums, and how far they may be from there in a style. */
const [bassOver, chordsUnder, off] = [2, 2, 3]

/** How loud bass and chords of the band are in the sounds of its styles. */
export async function bandSection(studio: Studio): Promise<Section> {
  const { songs } = await readCharts(chart, 'chart.txt')
  const measures = arrange(formOf(songs[0]?.bars ?? []), 1)
  const rows: [string, number, number, number][] = []
  for (const style of bandStyles.filter(({ name }) => heard.includes(name))) {
    const { bpm } = style
    const played = await accompany({ measures, styleOf: () => style, bpm, intensity: 0.5, seed: 1, solo: null })
    const notes = timedNotes(played, [], style, timeline(bpm))
    const loudness = async (track: TimedNote['note']['track']) =>
      integratedLoudness(
        await rendered(
          studio,
          notes.filter(({ note }) => note.track === track),
        ),
      )
    const drums = await loudness('drums')
    rows.push([style.name, drums, (await loudness('bass')) - drums, (await loudness('chords')) - drums])
  }
  const target = (says: string, over: number, place: 2 | 3): Target => {
    const farthest = Math.max(...rows.map((row) => Math.abs(row[place] - over)))
    return { says, figure: `${farthest.toFixed(1)} LU away at most`, met: farthest <= off }
  }
  return {
    title: 'The band',
    notes: ['Eight measures in each of the styles that have all the sounds between them, at middling intensity.'],
    tables: [
      {
        title: 'Loudness of the drums, and of bass and chords against them',
        columns: [
          ['drums, LUFS', 1],
          ['bass, LU', 1],
          ['chords, LU', 1],
        ],
        rows,
      },
    ],
    pictures: [],
    targets: [
      target(`the band’s bass is ${bassOver} ± ${off} LU over the drums in every style`, bassOver, 2),
      target(`its chords are ${chordsUnder} ± ${off} LU under them`, -chordsUnder, 3),
    ],
  }
}

async function rendered({ createContext, bank }: Studio, notes: readonly TimedNote[]): Promise<Wave> {
  const { frames, pieces } = renderNotes(notes, bank, sampleRate, (length) => createContext(2, length, sampleRate))
  const channels = [new Float32Array(frames), new Float32Array(frames)]
  let at = 0
  for await (const piece of pieces) {
    for (const [side, channel] of channels.entries()) channel.set(piece[side] ?? [], at)
    at += piece[0]?.length ?? 0
  }
  return { channels, sampleRate }
}
