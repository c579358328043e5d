/**
 * `improv/`: the performer's rhythm with a model's pitches, and phrases of the machine's own.
 *
 * A call is remembered; at the hand-over a melody model answers it as a whole (classic), or a soloist chooses each
 * pitch at the key press (live), as far as the performer's settings leave it to the model. Or the machine plays its turn
 * by itself (`phrase/`). Both go by what has been played (`memory/`).
 */
export * from './answer-call.ts'
export * from './biases/index.ts'
export * from './chord-voice.ts'
export * from './gap.ts'
export * from './hand.ts'
export * from './heard-scale.ts'
export * from './memory/index.ts'
export * from './own-rest.ts'
export * from './phrase/index.ts'
export * from './phrase-end.ts'
export * from './soloist.ts'
export * from './trade.ts'
