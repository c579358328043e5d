import type { Random } from '../../models/index.ts'
import {
  type Chord,
  clampVelocity,
  type MidiPitch,
  measureBeats,
  mod,
  type Note,
  type PitchClass,
  pitchClass,
  rounding,
} from '../../music/index.ts'
import { heightAt } from '../arc.ts'
import type { Brief, PlayedMeasure } from '../brief.ts'
import { chanceAt } from '../chance.ts'
import { isSameChord } from '../form.ts'
import { chordPartsOf } from '../harmony.ts'
import type { Voicing } from '../style.ts'
import { type Strike, strikesOf } from './rhythm.ts'
import { type Voiced, voicingsOf } from './voicings.ts'

/** How far above the bass the lowest note of a voicing is, and the lowest that it may be. */
const aboveBass = 3
const lowestVoice: MidiPitch = 50

/** A lead with more notes a beat than this is busy; one below this pitch is low. */
const busy = 2
const lowLead: MidiPitch = 60

/** How often a chord that goes on is voiced anew: in a new measure, and when it is struck again in one. Triads stay. */
const renewal = { measure: 0.6, strike: 0.3 }

/** A measure of comping. @param previous what it has played, the last measure at the end. */
export function playChords(brief: Brief, previous: readonly PlayedMeasure[]): Note[] {
  const last = lastVoicing(previous, brief)
  const strikes = strikesOf(brief, last.isTied)
  const chance = chanceAt(brief.seed, brief.measure, 13)
  const waysTo = waysToVoice(brief.style.comping.voicings, voicesFor(brief))
  let { voicing, chord } = last
  const isStill = brief.style.comping.voicings.includes('triad')
  let isRenewed = chance.next() < renewal.measure
  return strikes.flatMap((strike) => {
    const isNew =
      !isSameChord(strike.chord, chord) ||
      !isVoiced(strike.chord, voicing) ||
      isRenewed ||
      (voicing[0] ?? 0) <= bassUnder(strike, brief) ||
      clashes(voicing, strike, brief)
    if (isNew) voicing = voicingFor(strike, waysTo, voicing, brief, chance)
    isRenewed = !isStill && chance.next() < renewal.strike
    chord = strike.chord
    return soundOf(strike, voicing, brief, chance)
  })
}

/** What was played last: a voicing and its chord, and whether that is the new measure’s, struck ahead. */
type LastVoicing = {
  readonly voicing: readonly MidiPitch[]
  readonly chord: Chord | null
  readonly isTied: boolean
}

function lastVoicing(previous: readonly PlayedMeasure[], brief: Brief): LastVoicing {
  const played = previous.findLast(({ notes }) => notes.length > 0)
  const beat = played?.notes.at(-1)?.beat
  const notes = played?.notes.filter((note) => note.beat === beat) ?? []
  const end = played ? measureBeats(played.now.metre) : 0
  const isTied = played === previous.at(-1) && notes.some((note) => note.beat + note.beats > end + rounding)
  const { chord = null } = (isTied ? brief.now.chords[0] : played?.now.chords.at(-1)) ?? {}
  return { voicing: notes.map(({ pitch }) => pitch), chord, isTied }
}

/** Whether a voicing has a chord’s third and seventh. */
function isVoiced(chord: Chord, voicing: readonly MidiPitch[]): boolean {
  const { third, seventh } = chordPartsOf(chord)
  const has = (tone: PitchClass | null) => tone === null || voicing.some((pitch) => pitchClass(pitch) === tone)
  return voicing.length > 0 && has(third) && has(seventh)
}

/** How many notes a voicing has: more where more is going on, and few under a lead that is busy or low. */
function voicesFor({ style, intensity, lead = [], isCrowded, now }: Brief): number {
  const [few, many] = style.comping.voices
  const wanted = Math.round(few + (many - few) * Math.min(1, Math.max(0, 1.5 * intensity - 0.1)))
  const isBusy = lead.length > busy * measureBeats(now.metre)
  const isLow = lead.length > 0 && lead.reduce((sum, { pitch }) => sum + pitch, 0) / lead.length < lowLead
  return isCrowded || isBusy || isLow ? Math.max(2, few - 1) : wanted
}

/** How far the top voice goes from where its style likes it, upwards and downwards. */
const topReach = 5

/** The ways to voice a chord above a pitch. A measure asks for the same ones again and again. */
type WaysToVoice = (chord: Chord, lowest: MidiPitch) => readonly Voiced[]

function waysToVoice(kinds: readonly Voicing[], count: number): WaysToVoice {
  const known = new Map<string, readonly Voiced[]>()
  return (chord, lowest) => {
    const name = `${chord.symbol} ${lowest}`
    const found = known.get(name) ?? voicingsOf(chord, kinds, count, lowest)
    known.set(name, found)
    return found
  }
}

function voicingFor(
  strike: Strike,
  waysTo: WaysToVoice,
  before: readonly MidiPitch[],
  brief: Brief,
  chance: Random,
): readonly MidiPitch[] {
  const { style } = brief
  const top = style.comping.top + topReach * (2 * heightAt(brief, strike.beat, 14) - 1)
  const lowest = Math.max(lowestVoice, bassUnder(strike, brief) + aboveBass)
  const found = waysTo(strike.chord, lowest)
  const cost = ({ pitches, cost }: Voiced) =>
    cost +
    movement(before, pitches) +
    0.8 * (((pitches.at(-1) ?? top) - top) / 4) ** 2 +
    (clashes(pitches, strike, brief) ? 20 : 0) +
    0.5 * chance.next()
  let best: readonly MidiPitch[] = []
  let least = Number.POSITIVE_INFINITY
  for (const voiced of found) {
    const own = cost(voiced)
    if (own < least) [best, least] = [voiced.pitches, own]
  }
  return best
}

/** The highest note of the bass while a chord sounds. */
function bassUnder(strike: Strike, { bass = [] }: Brief): MidiPitch {
  const end = strike.beat + strike.beats
  return bass.reduce(
    (high, { pitch, beat, beats }) => (beat < end && beat + beats > strike.beat ? Math.max(high, pitch) : high),
    0,
  )
}

/** What the way from one voicing to the next costs: each voice’s way, and most of all that of the top voice. */
function movement(from: readonly MidiPitch[], to: readonly MidiPitch[]): number {
  const [oldTop, top] = [from.at(-1), to.at(-1)]
  if (oldTop === undefined || top === undefined) return 0
  const way = meanMovement(from, to)
  const leap = Math.abs(top - oldTop)
  return 0.6 * way + (leap === 0 ? 1 : Math.max(0, leap - 2) * 0.25)
}

/** How far the voices move on average, in semitones: in order where there are as many, else each to the nearest. */
function meanMovement(from: readonly MidiPitch[], to: readonly MidiPitch[]): number {
  const ways =
    from.length === to.length
      ? to.map((pitch, index) => Math.abs(pitch - (from[index] ?? pitch)))
      : to.map((pitch) => Math.min(...from.map((each) => Math.abs(each - pitch))))
  return ways.reduce((sum, each) => sum + each, 0) / Math.max(1, ways.length)
}

/** Whether the top voice rubs against a note of the lead that sounds with it. */
function clashes(pitches: readonly MidiPitch[], { beat, beats }: Strike, { lead = [] }: Brief): boolean {
  const top = pitches.at(-1)
  if (top === undefined) return false
  return lead.some((note) => {
    const sounds = note.beat < beat + beats - rounding && note.beat + note.beats > beat + rounding
    return sounds && [1, 11].includes(mod(note.pitch - top, 12))
  })
}

function soundOf(strike: Strike, pitches: readonly MidiPitch[], brief: Brief, chance: Random): Note[] {
  const { style, intensity, lead = [] } = brief
  const { beat, beats, isAccented } = strike
  const touch = (isAccented ? 9 : 0) - (lead.length > 0 ? 5 : 0) + 6 * (chance.next() - 0.5)
  const velocity = style.comping.velocity + 40 * (intensity - 0.5) + touch
  return pitches.map((pitch, index) => ({
    pitch,
    // The top voice is the line that is heard.
    velocity: clampVelocity(velocity + (index === pitches.length - 1 ? 3 : 0)),
    beat,
    beats: Math.max(0.1, beats * style.comping.length),
  }))
}
