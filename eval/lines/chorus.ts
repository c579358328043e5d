import { seeded } from '../../src/models/index.ts'
import { type Chord, chordAt, fourFour, parseChart, pitchClass, pitchName } from '../../src/music/index.ts'
import type { LineNote } from '../corpora/weimar.ts'
import type { Picture } from '../report/report.ts'
import { type Ink, pianoRoll } from '../report/svg.ts'
import type { Shipped } from '../shipped.ts'
import { improvise } from './solo-player.ts'

/** A blues, and the swung eighths that somebody taps over it. */
const chart = parseChart('F7 | Bb7 | F7 | Cm7 F7 | Bb7 | Bdim7 | F7 | Am7b5 D7 | Gm7 | C7 | F7 D7 | Gm7 C7')
const taps = [
  '..xxxxxx x.......',
  '.xxxx.xx x.x.xxxx',
  'xxxxxxxx x.......',
  '..x.xxxx xxx.xx..',
  'x.xxxxxx xxxxxxxx',
  'x..xx.x. x.......',
]
const bpm = 160
const beatsPerMeasure = 4

/** A chorus as `solo` plays it: the taps' rhythm and our own chart, its first pitch given. */
export function chorusPicture(solo: Shipped, seed: number): Picture {
  const line = { notes: tappedNotes() }
  const pitches = improvise(solo, line, solo.sampling, seeded(seed))
  const title = 'A chorus of solo over a blues in F'
  const notes = line.notes.map(({ beat, beats, chord }, index) => {
    const pitch = pitches[index] as number
    return { pitch, beat, beats, ink: inkOf(chord, pitch) }
  })
  const svg = pianoRoll(
    title,
    `the rhythm tapped, the first pitch given; temperature ${solo.sampling.temperature}, seed ${seed}`,
    {
      beatsPerMeasure,
      chords: chart.map((measure) => measure.map((chord) => chord?.symbol ?? 'N.C.')),
      notes,
      legend: [
        ['in the chord', 'machine'],
        ['in its scale', 'human'],
        ['outside', 'other'],
      ],
      pitchName,
    },
  )
  return { name: 'chorus', title, svg }
}

function tappedNotes(): LineNote[] {
  const beats = [...taps.join('').replaceAll(' ', '')].flatMap((tap, eighth) =>
    tap === 'x' ? [Math.floor(eighth / 2) + (eighth % 2) * (2 / 3)] : [],
  )
  return beats.map((beat, index) => {
    const length = Math.min((beats[index + 1] ?? beat + 1) - beat, 1)
    const now = chordsAt(beat)
    return {
      pitch: 65,
      onset: (beat * 60) / bpm,
      release: ((beat + 0.95 * length) * 60) / bpm,
      bpm,
      beat,
      beats: length,
      measure: beatsPerMeasure,
      place: beat % beatsPerMeasure,
      ...now,
      endsPhrase: false,
    }
  })
}

function chordsAt(beat: number): Pick<LineNote, 'chord' | 'nextChord' | 'beatsToNextChord'> {
  const chord = chordAt(chart, fourFour, beat)
  for (let then = Math.floor(beat) + 1; then <= beat + 16; then++) {
    const nextChord = chordAt(chart, fourFour, then)
    if (nextChord?.symbol !== chord?.symbol) return { chord, nextChord, beatsToNextChord: then - beat }
  }
  return { chord, nextChord: null, beatsToNextChord: 0 }
}

function inkOf(chord: Chord | null, pitch: number): Ink {
  if (chord?.tones.includes(pitchClass(pitch))) return 'machine'
  return chord?.scale.includes(pitchClass(pitch)) ? 'human' : 'other'
}
