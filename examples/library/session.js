// A performance is a pure function: an event in, the next state and its effects out.
import { notesBetween, replay, startSession, step } from 'tradefours/session'

/** @type {import('tradefours/session').SessionEvent[]} */
const events = [
  { type: 'run', action: 'record-bass', at: 0 },
  // At 120 beats a minute a measure of count-in ends after two seconds; a key 50 ms before that is on beat one.
  { type: 'noteOn', pitch: 36, velocity: 90, at: 1.95 },
  { type: 'noteOff', pitch: 36, at: 2.4 },
]

// Effects are what the world is to do at once; loops are asked for, as far ahead as they are needed.
let state = startSession(1)
for (const event of events) {
  const next = step(state, event)
  for (const effect of next.effects) console.log(event.type, effect.type)
  state = next.state
}
console.log(
  notesBetween(state, 8, 8.5)
    .map(({ track, beat }) => `${track} ${beat}`)
    .join(', '),
)

// The list of events is the performance: played again, it is the same.
console.log(
  [...replay({ seed: 1, events })]
    .flatMap(({ effects }) => effects)
    .map(({ type }) => type)
    .join(', '),
)
// noteOn sound
// noteOff stop
// bass 8, drums 8, drums 8, drums 8
// sound, stop
