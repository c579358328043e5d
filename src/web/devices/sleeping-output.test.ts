import { describe, expect, it } from 'vitest'
import type { Sound } from '../../runtime/index.ts'
import { createSleepingOutput } from './sleeping-output.ts'

/** An output that writes down what it is told, and a sound card that sleeps when it is told to. */
function card() {
  const told: string[] = []
  const now = { awake: true, ms: 0 }
  const output = createSleepingOutput(
    {
      sound: ({ pitch }) => told.push(`sound ${pitch}`),
      stop: ({ pitch }) => told.push(`stop ${pitch}`),
      schedule: ({ pitch }) => told.push(`schedule ${pitch}`),
      express: ({ expression }) => told.push(expression.kind),
      silence: () => told.push('silence'),
    },
    () => now.awake,
    () => now.ms,
  )
  const down = (pitch: number) =>
    output.sound({ type: 'sound', track: 'lead', pitch, key: pitch, velocity: 90, gain: 1, by: 'human' } as Sound)
  const up = (pitch: number) => output.stop({ type: 'stop', track: 'lead', pitch })
  const wake = () => {
    now.awake = true
    output.woke()
  }
  return { told, now, down, up, wake }
}

describe('an output whose sound card sleeps', () => {
  it('sounds keys at once while it is awake', () => {
    const { told, down, up, wake } = card()
    down(60)
    up(60)
    wake()
    expect(told).toEqual(['sound 60', 'stop 60'])
  })

  it('sounds only keys that are still down when it wakes, and each once', () => {
    const { told, now, down, up, wake } = card()
    now.awake = false
    for (const pitch of [60, 62, 64]) down(pitch)
    for (const pitch of [60, 64]) up(pitch)
    down(64)
    now.ms = 5000
    told.length = 0
    wake()
    wake()
    expect(told).toEqual(['sound 62', 'sound 64'])
  })

  it('ends a note that it began before it fell asleep', () => {
    const { told, now, down, up } = card()
    down(60)
    now.awake = false
    up(60)
    expect(told).toEqual(['sound 60', 'stop 60'])
  })

  it('lets the key that woke it sound, also when it was only touched', () => {
    const { told, now, down, up, wake } = card()
    now.awake = false
    down(60)
    now.ms = 80
    up(60)
    told.length = 0
    wake()
    expect(told).toEqual(['sound 60', 'stop 60'])
  })
})
