import { type Chord, chordOf } from './chord.ts'
import type { ChordSymbol, Degree } from './chord-degrees.ts'
import { usualDegrees } from './chord-degrees.ts'
import { chordName, respell } from './chord-name.ts'
import type { KeySignature } from './key.ts'
import type { MidiPitch, PitchClass } from './note.ts'
import { pitchClass } from './note.ts'
import { rootName } from './note-name.ts'

/** What is known of keys besides their pitches. */
export type PlayedOptions = {
  /** The bass that sounds under the keys, where another part plays it; else the lowest key is the bass. */
  readonly bass?: MidiPitch | null
  /** The key that the name is spelled in; 0 unless it is said. */
  readonly key?: KeySignature
}

/**
 * Names the chord that keys make together, with the bass that sounds: rootless voicings over the root in the bass, shells,
 * fourths, inversions and slash chords. Tones that a name implies may be missing, such as the fifth or the ninth of a
 * thirteenth.
 *
 * @returns null for fewer than three pitch classes in all, for fewer than two keys, and for what has no customary name.
 * @example nameChord([50, 60, 65, 69]) // => 'Dm7'
 * @example nameChord([52, 55, 60]) // => 'C/E'
 * @example nameChord([53, 57, 60, 64], { bass: 38 }) // => 'Dm9'
 */
export function nameChord(pitches: readonly MidiPitch[], options: PlayedOptions = {}): string | null {
  return playedChord(pitches, options)?.symbol ?? null
}

/**
 * The chord that keys make together, under the name that {@link nameChord} gives it.
 *
 * @returns null where it has no name.
 */
export function playedChord(pitches: readonly MidiPitch[], { bass = null, key = 0 }: PlayedOptions = {}): Chord | null {
  if (pitches.length === 0) return null
  const lowest = pitchClass(Math.min(...pitches))
  const hand = maskOf(pitches)
  const low = bass === null ? lowest : pitchClass(bass)
  const place = ((hand * 12 + lowest) * 12 + low) * 16 + key + 8
  const known = chords.get(place)
  if (known !== undefined) return known
  const best = bestHearing(hand, lowest, low)
  const found = best && written(best, low, key)
  if (chords.size >= mostChords) chords.clear()
  chords.set(place, found)
  return found
}

/** How many chords are remembered. */
const mostChords = 10_000

/** Chords that were found: the same keys come again and again. */
const chords = new Map<number, Chord | null>()

/** Twelve bits, one for each pitch class. */
type Mask = number

function maskOf(pitches: readonly MidiPitch[]): Mask {
  return pitches.reduce((mask, pitch) => mask | (1 << pitchClass(pitch)), 0)
}

function size(mask: Mask): number {
  let count = 0
  for (let rest = mask; rest > 0; rest >>= 1) count += rest & 1
  return count
}

/** A way to hear a sound: the less it costs, the sooner a musician hears it so. */
type Hearing = { readonly root: PitchClass; readonly degrees: readonly Degree[]; readonly cost: number }

/** What costs more has no name. */
const mostCost = 3.4

function bestHearing(hand: Mask, lowest: PitchClass, low: PitchClass): Hearing | null {
  const whole = hand | (1 << low)
  if (size(whole) < 3 || size(hand) < 2) return null
  const hearings = heard(whole, low).map((hearing) => ({ ...hearing, cost: hearing.cost + bassCost(hearing, low) }))
  // A hand that plays its own root over another tone of its chord says which chord it is.
  const rooted = (hand & (1 << low)) !== 0 && low !== lowest
  const own = rooted
    ? hearings.map((each) => (each.root === lowest ? { ...each, cost: each.cost - 0.8 } : each))
    : hearings
  const above = upper(hand, low)
  return [...own, ...above].reduce<Hearing | null>(
    (least, each) => (each.cost < (least?.cost ?? mostCost) - 1e-9 ? each : least),
    null,
  )
}

function written({ root, degrees }: Hearing, low: PitchClass, key: KeySignature): Chord {
  const symbol: ChordSymbol = {
    root: rootName(root, 0, false),
    bass: low === root ? null : rootName(low, 0, false),
    degrees,
  }
  const spelled = respell(symbol, key)
  return chordOf(spelled, chordName(spelled))
}

/** A chord over a bass that is none of its tones, as in C/F or C/F#. */
function upper(hand: Mask, low: PitchClass): Hearing[] {
  const above = hand & ~(1 << low)
  if (size(above) < 3) return []
  return heard(above, low).map((each) => ({ ...each, cost: each.cost + (size(above) === 3 ? 2.2 : 2.8) }))
}

/** An inversion is heard less readily than a root position, and one on a ninth or a fourth hardly. */
function bassCost({ root, degrees }: Hearing, low: PitchClass): number {
  if (low === root) return 0
  const place = pitchClass(low - root)
  if (![3, 4, 6, 7, 8, 10, 11].includes(place) || degrees.includes('#9') || degrees.includes('#11')) return 3
  return degrees.some((degree) => /7/.test(degree)) ? 1.5 : 1.2
}

/** Every way to hear a sound from one of its own tones, from the bass up: of equals the first is heard. */
function heard(mask: Mask, low: PitchClass): Hearing[] {
  return Array.from({ length: 12 }, (_, place) => (low + place) % 12).flatMap((root) => {
    if ((mask & (1 << root)) === 0) return []
    const found = fromRoot(((mask >> root) | (mask << (12 - root))) & 0xfff)
    return found ? [{ root, ...found }] : []
  })
}

/** Hears a sound from its root at 0; null where it makes no sense from there. */
function fromRoot(mask: Mask): Pick<Hearing, 'degrees' | 'cost'> | null {
  const has = (place: number) => (mask & (1 << place)) !== 0
  const degrees: Degree[] = ['1']
  let cost = 0
  const hear = (degree: Degree, price: number) => {
    degrees.push(degree)
    cost += price
  }
  if (has(10) && has(11)) return null
  const seventh = has(10) ? 'b7' : has(11) ? '7' : null
  const isMajor = has(4)
  const isMinor = !isMajor && has(3)
  const suspension = isMajor || isMinor ? null : has(5) ? '4' : has(2) && !seventh ? '2' : null
  if (isMajor) hear('3', 0)
  else if (isMinor) hear('b3', 0)
  else if (suspension === '4') hear('4', 1)
  else if (suspension === '2') hear('2', 1.5)
  else if (!has(7) || !seventh) return null
  else cost += 2.2

  const isDiminished = isMinor && has(6) && !has(7)
  const isSixth = has(9) && !seventh && !isDiminished
  const ownFifth = fifth()
  if (ownFifth === null) return null
  if (seventh) hear(seventh, seventh === '7' ? (suspension ? 2 : isMinor ? 0.8 : 0) : 0)
  if (has(9)) {
    if (seventh) hear('13', isMinor || isDiminished ? 1 : 0.5)
    else hear(isDiminished ? 'bb7' : '6', isDiminished ? 0.2 : 0.8)
  }
  tensions()
  if (isDiminished && seventh === '7') cost += 1.5
  imply()
  return { degrees: usualDegrees(degrees), cost }

  function fifth(): Degree | null {
    if (has(7)) hear('5', 0)
    else if (isDiminished) hear('b5', 0.3)
    else if (isMajor && has(8)) hear('#5', 1)
    // Without the fifth, a sharp eleventh is heard only over a major seventh or with other tensions.
    else if (isMajor && has(6) && !(seventh === '7' || has(2) || has(9))) hear('b5', 1)
    else if (isMinor && has(8)) return null
    else {
      hear('5', seventh ? 0.6 : isSixth ? 1.2 : 2)
      if (!seventh && !isSixth && !has(2)) return null
    }
    return degrees.at(-1) ?? null
  }

  function tensions(): void {
    const isDominant = isMajor && seventh === 'b7'
    const rich = seventh !== null || isSixth
    if (has(1)) hear('b9', isDominant ? 1 : suspension === '4' && seventh === 'b7' ? 1.2 : 4)
    if (has(2) && suspension !== '2') hear('9', has(1) ? 3 : rich ? 0.3 : 0.8)
    if (has(3) && isMajor) hear('#9', isDominant ? (has(2) ? 3 : 1) : 4)
    if (has(5) && suspension !== '4') hear('11', isMinor ? (seventh ? 0.4 : 1.5) : 3)
    if (has(6) && ownFifth !== 'b5') hear('#11', isMajor ? (rich ? 0.8 : 2) : 3)
    if (has(8) && ownFifth !== '#5')
      hear(seventh ? 'b13' : 'b6', isDominant ? 1 : suspension && seventh === 'b7' ? 1.2 : 2.5)
  }

  /** A thirteenth, and a minor eleventh, have their ninth by name. */
  function imply(): void {
    const stacked = degrees.includes('13') || (isMinor && seventh !== null && degrees.includes('11'))
    if (stacked && !has(1) && !has(2) && !degrees.includes('#9') && !isDiminished) degrees.push('9')
  }
}
