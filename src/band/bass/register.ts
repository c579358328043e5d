import { type Beats, type MidiPitch, measureBeats } from '../../music/index.ts'
import type { Brief } from '../brief.ts'
import { chanceAt } from '../chance.ts'
import { walks } from '../style.ts'

/** A bass guitar's low E, and the highest note that a bass in a band plays, G3. */
export const lowestBass: MidiPitch = 28
export const highestBass: MidiPitch = 55

/** A walking line is under way from one register to another for so many measures. */
const phrase = 4

/** How far those registers are from the middle of the style, downwards and upwards. */
const [deepest, tallest] = [-5, 7]

/**
 * Where a line is to be at a beat of a measure: near the middle of its style; a walking one moves from one register to
 * another in the course of a phrase, and higher where more is going on.
 */
export function centreAt({ style, seed, measure, inSection, intensity, now }: Brief, beat: Beats): number {
  const { centre } = style.bass
  if (!walks(style)) return centre
  const place = inSection.before % phrase
  const start = measure - place
  const length = Math.min(phrase, place + inSection.after + 1)
  const registerOf = (first: number) => {
    const way = chanceAt(seed, first, 8).next()
    return centre + deepest + (tallest - deepest) * way + 4 * (intensity - 0.5)
  }
  const way = (place + beat / measureBeats(now.metre)) / length
  return registerOf(start) + way * (registerOf(start + length) - registerOf(start))
}

/** What it costs to be so far from where the line is to be. */
export function registerCost(pitch: MidiPitch, centre: number): number {
  return 0.6 * ((pitch - centre) / 6) ** 2
}
