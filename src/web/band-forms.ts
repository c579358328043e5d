import type { Song } from '../session/index.ts'

/** Forms of our own, for the band to play at one press: those of `examples/band`. */
export const bandForms: readonly Song[] = [
  {
    format: 'tradefours-song',
    version: 2,
    title: 'Blues in F',
    sections: [
      {
        name: 'Form',
        tempo: 132,
        metre: '4/4',
        chart: 'F7 | Bb7 | F7 | Cm7 F7\nBb7 | Bdim7 | F7 | Am7b5 D7b9\nGm7 | C7 | F7 D7 | Gm7 C7',
        set: {
          'source-bass': 'band',
          'source-chords': 'band',
          'band-style': 'swing',
          style: 'swing',
          swing: 0.66,
          'count-in': 1,
          improvise: false,
        },
      },
    ],
  },
  {
    format: 'tradefours-song',
    version: 2,
    title: 'Evening bossa',
    sections: [
      {
        name: 'Form',
        tempo: 128,
        metre: '4/4',
        chart:
          '[A] Am7 | D7 | Gmaj7 | Cmaj7\nF#m7b5 | B7b9 | Em7 | E7b9\n[B] Dm7 | G7 | Cmaj7 | Fmaj7\nBm7b5 | E7b9 | Am6 | E7#5',
        set: {
          'source-bass': 'band',
          'source-chords': 'band',
          'band-style': 'bossa',
          style: 'latin',
          swing: 0.5,
          'count-in': 1,
          improvise: false,
        },
      },
    ],
  },
  {
    format: 'tradefours-song',
    version: 2,
    title: 'Back room funk',
    sections: [
      {
        name: 'Form',
        tempo: 102,
        metre: '4/4',
        chart: '[A] Em9 | % | % | % | Em9 | % | % | %\n[B] Am9 | % | C9 | B7#9',
        set: {
          'source-bass': 'band',
          'source-chords': 'band',
          'band-style': 'funk',
          style: 'funk',
          swing: 0.5,
          'count-in': 1,
          improvise: false,
        },
      },
    ],
  },
  {
    format: 'tradefours-song',
    version: 2,
    title: 'Seven steps out',
    sections: [
      {
        name: 'Form',
        tempo: 152,
        metre: '7/8',
        chart: '[A] Dm9 | % | Bbmaj7 | % | Gm9 | % | A7sus4 | A7b9\n[B] Fmaj7 | C/E | Bbmaj7 | A7b9',
        set: {
          'source-bass': 'band',
          'source-chords': 'band',
          'band-style': 'odd',
          style: 'rock',
          swing: 0.5,
          'count-in': 1,
          improvise: false,
        },
      },
    ],
  },
]
