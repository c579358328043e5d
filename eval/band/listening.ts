import {
  type BandStyle,
  type Brief,
  type FormMeasure,
  heardIntensity,
  measureOf,
  noListener,
  type PlayedMeasure,
} from '../../src/band/index.ts'
import { type Note, parseChord, parseMetre } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import { activityOf, correlation, energiesOf } from '../listening.ts'
import { mean } from '../mean.ts'

/** How far bass and chords go along with the solo that they hear, and with another one. */
export type Following = Readonly<
  Record<`${'bass' | 'comping'} ${'density' | 'velocity'}`, { own: number; other: number }>
>

/** The metre that a style is played in here. */
const metreOf = ({ name }: BandStyle) => parseMetre(name === 'waltz' ? '3/4' : name === 'odd' ? '7/8' : '4/4')

/** Chords of a song, one for each of its measures. */
const song = 'Fmaj7 Dm7 Gm7 C7 Am7 D7 Gm7 C7 Cm7 F7 Bbmaj7 Bbm7 Am7 D7 Gm7 C7'
  .split(' ')
  .map((symbol) => [{ beat: 0, chord: parseChord(symbol) }])

/** A style's bass and chords under solos: how full and how loud each measure is, beyond what they play
 * where nobody leads, against how much each soloist has just played. */
export function following(style: BandStyle, solos: readonly Line[]): Following {
  const heard = solos.map((solo, seed) => {
    const energies = energiesOf(solo)
    const own = played(style, energies, seed)
    const usual = played(
      style,
      energies.map(() => noListener.energy),
      seed,
    )
    return { activity: activityOf(solo), own, usual }
  })
  const figure = (part: 'bass' | 'comp', of: (notes: readonly Note[]) => number) => {
    const lines = heard.map(({ own, usual }) =>
      own[part].map((notes, measure) => {
        return of(notes) - of(usual[part][measure] ?? [])
      }),
    )
    const against = (shift: number) =>
      mean(lines.map((line, index) => correlation(line, heard[(index + shift) % heard.length]?.activity ?? [])))
    return { own: against(0), other: against(1) }
  }
  /** Dead notes are short, and soft however loud the music is. */
  const loudness = (notes: readonly Note[]) => {
    const sounding = notes.filter(({ beats }) => beats > 0.12)
    return sounding.length > 0 ? mean(sounding.map(({ velocity }) => velocity)) : 0
  }
  return {
    'bass density': figure('bass', (notes) => notes.length),
    'bass velocity': figure('bass', loudness),
    'comping density': figure('comp', (notes) => notes.length),
    'comping velocity': figure('comp', loudness),
  }
}

/** The measures of a band that plays with so much energy in each. */
function played(style: BandStyle, energies: readonly number[], seed: number) {
  const form = song.map((chords): FormMeasure => ({ metre: metreOf(style), section: null, chords }))
  const bass: PlayedMeasure[] = []
  const comp: PlayedMeasure[] = []
  for (const [measure, energy] of energies.entries()) {
    const [now, next] = [measure, measure + 1].map((each) => form[each % form.length]) as [FormMeasure, FormMeasure]
    const before = measure % 8
    const brief: Brief = {
      ...{ now, next, measure, style, seed, bpm: style.bpm },
      ...{ inSection: { before, after: 7 - before }, intensity: heardIntensity(0.5, energy) },
    }
    bass.push({ now, notes: measureOf('bass', brief, bass.slice(-8)) })
    comp.push({ now, notes: measureOf('comping', { ...brief, bass: bass[measure]?.notes ?? [] }, comp.slice(-8)) })
  }
  return { bass: bass.map(({ notes }) => notes), comp: comp.map(({ notes }) => notes) }
}
