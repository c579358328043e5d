// A session in real time with an output of one's own: a bass is recorded, its loop goes on, and drums follow.
import { setTimeout } from 'node:timers/promises'
import { createSessionLoop, wakeMs } from 'tradefours/runtime'

const heard = new Set()
const loop = createSessionLoop(
  {
    clock: { now: () => performance.now() / 1000, of: (timeStamp) => timeStamp / 1000 },
    outputs: [
      {
        sound: ({ track, pitch }) => heard.add(`${track} ${pitch}, at once`),
        stop() {},
        express() {},
        // Notes of loops come a moment ahead of the time at which they are to sound.
        schedule: ({ track, pitch }) => track !== 'click' && heard.add(`${track} ${pitch}, in the loop`),
        silence() {},
      },
    ],
    // Without models the fixed groove plays.
    soloist: null,
    ask: async () => null,
    observe() {},
  },
  1,
)
const waking = setInterval(() => loop.wake(), wakeMs)

// At 240 beats a minute a measure is a second.
loop.dispatch({ type: 'set', setting: 'tempo', value: 240 })
loop.dispatch({ type: 'set', setting: 'count-in', value: 0 })
loop.dispatch({ type: 'set', setting: 'measures', value: 1 })
loop.dispatch({ type: 'run', action: 'record-bass' })
loop.dispatch({ type: 'noteOn', pitch: 36, velocity: 90 })
await setTimeout(100)
loop.dispatch({ type: 'noteOff', pitch: 36 })
await setTimeout(1500)
clearInterval(waking)
loop.end()
console.log([...heard].sort().join('\n'))
// bass 36, at once
// bass 36, in the loop
// drums 36, in the loop
// drums 38, in the loop
// drums 42, in the loop
