// A metronome in any metre, on an output of one's own: the session's click.
import { setTimeout } from 'node:timers/promises'
import { createSessionLoop, type Output, wakeMs } from 'tradefours/runtime'

const velocities: number[] = []
const output: Output = {
  sound() {},
  stop() {},
  express() {},
  silence() {},
  schedule({ track, velocity, beat }) {
    if (track === 'click' && beat >= 0 && beat < 3.5) velocities.push(velocity)
  },
}
const loop = createSessionLoop(
  {
    clock: { now: () => performance.now() / 1000, of: (timeStamp) => timeStamp / 1000 },
    outputs: [output],
    soloist: null,
    ask: async () => null,
    observe() {},
  },
  1,
)
loop.dispatch({ type: 'metre', metre: '2+2+3/8' })
loop.dispatch({ type: 'set', setting: 'tempo', value: 300 })
loop.dispatch({ type: 'set', setting: 'count-in', value: 0 })
loop.dispatch({ type: 'run', action: 'play' })
const waking = setInterval(() => loop.wake(), wakeMs)
await setTimeout(1000)
clearInterval(waking)
loop.end()

const [first = 0, ...others] = velocities
console.log(`${velocities.length} clicks, the first one ${others.every((each) => each < first) ? 'louder' : 'as soft'}`)
