export * from './choose.ts'
export type { DrummerBrief } from './drummer.ts'
export * from './drums.ts'
export * from './encoding.ts'
export * from './events.ts'
export { encodeFeel, type Touch, touchOf } from './feel.ts'
export { foldPitch } from './fold-pitch.ts'
export * from './magenta-drums.ts'
export {
  encodePhrase,
  lengthClass,
  lengthClasses,
  lengthOf,
  type PhraseStep,
  phraseAnswer,
  stepClasses,
  stepOf,
} from './phrase.ts'
export * from './phrase-memory.ts'
export {
  addKeyPress,
  classInterval,
  encodeSolo,
  encodeSounded,
  intervalClass,
  intervalClasses,
  soloPitch,
} from './solo.ts'
export * from './solo-memory.ts'
export { fittingKeys, pitchCounts } from './squash.ts'
