/**
 * `devices/`: what a session plays on and is played by: sound, MIDI, OSC, a microphone, a computer's keys, Ableton Link,
 * clocks, a thread that sends. Here is what they have in common: devices, outputs, clocks, gauges. Each has a folder.
 */
export * from './device.ts'
export * from './echo-rejection.ts'
export * from './gauge.ts'
export * from './note-output.ts'
export * from './output.ts'
export * from './time-stamp.ts'
export * from './transport-controls.ts'
