import type { BandStyleName } from '../band/index.ts'
import type { DrumStyle } from '../music/index.ts'
import { type Song, songVersion } from '../session/index.ts'

/** Forms of our own, for the band to play at one press: those of `examples/band`. */
export const bandForms: readonly Song[] = [
  form({
    title: 'Blues in F',
    tempo: 132,
    chart: 'F7 | Bb7 | F7 | Cm7 F7\nBb7 | Bdim7 | F7 | Am7b5 D7b9\nGm7 | C7 | F7 D7 | Gm7 C7',
    band: 'swing',
    drums: 'swing',
    swing: 0.66,
  }),
  form({
    title: 'Evening bossa',
    tempo: 128,
    chart:
      '[A] Am7 | D7 | Gmaj7 | Cmaj7\nF#m7b5 | B7b9 | Em7 | E7b9\n[B] Dm7 | G7 | Cmaj7 | Fmaj7\nBm7b5 | E7b9 | Am6 | E7#5',
    band: 'bossa',
    drums: 'latin',
  }),
  form({
    title: 'Back room funk',
    tempo: 102,
    chart: '[A] Em9 | % | % | % | Em9 | % | % | %\n[B] Am9 | % | C9 | B7#9',
    band: 'funk',
    drums: 'funk',
  }),
  form({
    title: 'Seven steps out',
    tempo: 152,
    metre: '7/8',
    chart: '[A] Dm9 | % | Bbmaj7 | % | Gm9 | % | A7sus4 | A7b9\n[B] Fmaj7 | C/E | Bbmaj7 | A7b9',
    band: 'odd',
    drums: 'rock',
  }),
]

type Form = {
  readonly title: string
  /** Quarter notes a minute. */
  readonly tempo: number
  readonly metre?: string
  readonly chart: string
  readonly band: BandStyleName
  readonly drums: DrumStyle
  readonly swing?: number
}

/** A song of one section, whose bass and chords are the band's. */
function form({ title, tempo, metre = '4/4', chart, band, drums, swing = 0.5 }: Form): Song {
  const set = {
    'source-bass': 'band',
    'source-chords': 'band',
    'band-style': band,
    style: drums,
    swing,
    'count-in': 1,
    improvise: false,
  }
  return {
    format: 'tradefours-song',
    version: songVersion,
    title,
    sections: [{ name: 'Form', tempo, metre, chart, set }],
  }
}
