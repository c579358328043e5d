import type { Beats, MidiPitch } from '../../music/index.ts'
import { heightAt } from '../arc.ts'
import type { Brief } from '../brief.ts'
import type { BandStyle } from '../style.ts'

/** A bass guitar's low E, and the highest note that a bass in a band plays, G3. */
export const lowestBass: MidiPitch = 28
export const highestBass: MidiPitch = 55

/** How far a walking line goes from the middle of its style, downwards and upwards. */
const [deepest, tallest] = [-5, 7]

/** Where a line is to be at a beat of a measure: a walking one goes up and down, and is higher where more is going on. */
export function centreAt(brief: Brief, beat: Beats): number {
  const { style, intensity } = brief
  const { centre } = style.bass
  if (!walks(style)) return centre
  return centre + deepest + (tallest - deepest) * heightAt(brief, beat, 8) + 4 * (intensity - 0.5)
}

/** What it costs to be some semitones from where the line is to be. */
export function registerCost(pitch: MidiPitch, centre: number): number {
  return 0.6 * ((pitch - centre) / 6) ** 2
}

/** Whether the bass of a style walks. */
export function walks({ bass }: Pick<BandStyle, 'bass'>): boolean {
  return bass.patterns.some(({ text }) => text.includes('w'))
}
