/**
 * `devices/audio`: sound by Web Audio, in a browser and, by `node-web-audio-api`, in Node: the bank of `sounds/`, voices
 * that play it, a mixer, the output that a live session sounds on, and performances rendered to a file.
 */

export * from '../../io/wav.ts'
export * from './audio-output.ts'
export { type Bank, loadBank, type VoiceName, voiceNames } from './bank.ts'
export * from './channels.ts'
export * from './context-clock.ts'
export type { Level } from './meter.ts'
export * from './output-latency.ts'
export * from './render.ts'
