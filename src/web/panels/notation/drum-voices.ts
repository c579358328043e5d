import type { Groove } from '../../../groove/index.ts'
import { type Drum, drums, type Metre, type Note, stepBeat } from '../../../music/index.ts'
import { type Written, writeRhythm } from './rhythm.ts'
import { beamed, lengthText, nameText, struck, type Voice } from './voice.ts'

/** How a drum is written. */
type Place = { readonly letter: string; readonly mark?: string }

/** The usual places: the feet below, the hands above, cymbals at the top. */
const places: Record<Drum, Place> = {
  kick: { letter: 'F' },
  'low-tom': { letter: 'A' },
  snare: { letter: 'c' },
  'mid-tom': { letter: 'd' },
  'high-tom': { letter: 'e' },
  ride: { letter: 'f' },
  'closed-hat': { letter: 'g' },
  'open-hat': { letter: 'g', mark: '!open!' },
  crash: { letter: 'a' },
}

/** Cymbals have crossed heads. MIDI sounds don't matter here. */
export const drumHeads: readonly string[] = ['f', 'g', 'a'].map((letter) => `%%percmap ${letter} 42 x`)

/** Writes a groove as two voices on one staff: hands, stems up, and the foot, stems down. */
export function drumVoices(groove: Groove, measures: number, name?: string): Voice[] {
  const { metre } = groove
  const write = (drum: (drum: Drum) => boolean, rest: string) =>
    writeRhythm(strokes(groove, drum), { metre, measures }).map((values) =>
      beamed(values, metre, (value) => valueText(value, rest)),
    )
  return [
    { head: `clef=perc stem=up${nameText(name)}`, key: 'C', measures: write((drum) => drum !== 'kick', 'z') },
    { head: 'clef=perc stem=down', key: 'C', measures: write((drum) => drum === 'kick', 'x') },
  ]
}

/** Hits as notes that sound until the next beat; their pitch is their index in the list of drums. */
function strokes({ hits, metre }: Groove, isMeant: (drum: Drum) => boolean): Note[] {
  return hits
    .filter(({ drum }) => isMeant(drum))
    .map(({ step, drum, velocity }) => {
      const beat = stepBeat(step)
      return { pitch: drums.indexOf(drum), velocity, beat, beats: untilNextBeat(beat, metre) }
    })
}

function untilNextBeat(beat: number, { denominator }: Metre): number {
  const unit = denominator < 8 ? 1 : 1 / 2
  return (Math.floor(beat / unit) + 1) * unit - beat
}

function valueText(value: Written, rest: string): string {
  const struckPlaces = value.pitches.map((drum) => places[drums[drum] as Drum])
  if (struckPlaces.length === 0) return rest + lengthText(value)
  const marks = struckPlaces.map(({ mark = '' }) => mark)
  const letters = new Set(struckPlaces.map(({ letter }) => letter))
  return marks.join('') + struck([...letters], value)
}
