import { type Beats, measureBeats } from '../music/index.ts'
import type { Brief } from './brief.ts'
import { chanceAt } from './chance.ts'

/** How many measures a line takes from one register to another, within its section. */
const phrase = 4

/**
 * How high a line is at a beat of a measure, from 0 to 1: it moves from one height to another in the course of a phrase.
 *
 * @param purpose lines of another purpose move by themselves.
 */
export function heightAt({ seed, measure, inSection, now }: Brief, beat: Beats, purpose: number): number {
  const place = inSection.before % phrase
  const first = measure - place
  const length = Math.min(phrase, place + inSection.after + 1)
  const [from, to] = [first, first + length].map((at) => chanceAt(seed, at, purpose).next()) as [number, number]
  return from + ((place + beat / measureBeats(now.metre)) / length) * (to - from)
}
