import * as v from 'valibot'

/** A number from one to another. */
export function within(least: number, most: number) {
  return v.pipe(v.number(), v.minValue(least), v.maxValue(most))
}

/** A whole number from one to another. */
export function wholeNumber(least: number, most: number) {
  return v.pipe(within(least, most), v.integer())
}

/** MIDI's numbers of 7 bits: pitches, and the values of controllers. */
export const sevenBits = wholeNumber(0, 127)

/** The velocity of a note that sounds. */
export const velocitySchema = wholeNumber(1, 127)
