/**
 * `improv/phrase/`: phrases of the machine's own. A turn is planned, then its notes are played one by one: rhythm and touch
 * by `phrase`, pitches by `solo`.
 */
export * from './chords-at.ts'
export * from './improvise-phrase.ts'
export * from './request.ts'
