/**
 * `band/`: parts that play from harmony: a bass and a comping instrument; and how all of them listen.
 *
 * A part is asked for one measure at a time: where in the form it is, the chords now and next, the style, how much is
 * going on, and what it played before. It answers with the notes of that measure, the same for the same seed. Styles are
 * data, a file each.
 */
export * from './arrange.ts'
export * from './form.ts'
export { chordPartsOf } from './harmony.ts'
export * from './last-chord.ts'
export * from './listener.ts'
export * from './measure-of.ts'
export * from './play-band.ts'
export * from './style.ts'
export { type StyleFile, styleOfFile } from './style-file.ts'
export * from './style-names.ts'
export { styleSounds } from './style-sounds.ts'
export * from './styles/index.ts'
