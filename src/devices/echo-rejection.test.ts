import { describe, expect, it } from 'vitest'
import type { DueNote } from '../session/index.ts'
import { createEchoRejection } from './echo-rejection.ts'

/** What sounds here, by a clock that is set by hand. */
function room() {
  const clock = { now: 10 }
  const echo = createEchoRejection(() => clock.now)
  const due = (track: string, pitch: number) => ({ track, pitch, velocity: 90, gain: 1 }) as DueNote
  return { ...echo, clock, due }
}

const key = { track: 'lead', pitch: 64, velocity: 90, gain: 1, by: 'machine', key: 60 } as const

describe('the sound of the page itself', () => {
  it('is a key’s note while it is held, and a moment longer', () => {
    const { output, has, clock } = room()
    output.sound({ type: 'sound', ...key })
    clock.now = 100
    expect([has(64, 10.1), has(64, 99), has(60, 99), has(64, 9.8)]).toEqual([true, true, false, false])
    output.stop({ type: 'stop', track: 'lead', pitch: 64 })
    expect([has(64, 100.2), has(64, 100.4)]).toEqual([true, false])
  })

  it('is a loop’s note when it is due, not when it is handed over', () => {
    const { output, has, due } = room()
    output.schedule(due('bass', 40), 10.1, 0.5)
    expect([has(40, 10), has(40, 10.06), has(40, 10.8), has(40, 11)]).toEqual([false, true, true, false])
  })

  it('ignores drums and clicks, whose pitches are only names', () => {
    const { output, has, due } = room()
    output.schedule(due('drums', 36), 10, 0.5)
    output.schedule(due('click', 76), 10, 0.5)
    expect([has(36, 10.1), has(76, 10.1)]).toEqual([false, false])
  })

  it('ends where it is silenced', () => {
    const { output, has, due } = room()
    output.schedule(due('bass', 40), 10, 4)
    output.schedule(due('chords', 60), 10, 4)
    output.silence('bass')
    expect([has(40, 12), has(60, 12)]).toEqual([false, true])
    output.silence(null)
    expect(has(60, 12)).toBe(false)
  })
})
