/**
 * `devices/mic`: a microphone as an instrument: the notes of a voice, or of anything that plays one at a time, with the
 * moments at which they began.
 */
export * from './microphone.ts'
export * from './pitch-tracker.ts'
