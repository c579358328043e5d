import { expect, it } from 'vitest'
import { createEars } from './ears.ts'

const sent = (atMs: number, ...bytes: number[]) => ({ bytes, timeStamp: atMs, sentAt: atMs })

it('ears hear what has left, in its order, and count what nobody ends', () => {
  const ears = createEars()
  ears.hear('Synth', [sent(30, 0x80, 60, 0), sent(10, 0x90, 60, 90), sent(20, 0x90, 64, 90)])
  ears.listen(25)
  expect(ears.sounding).toBe(2)
  ears.listen(35)
  expect([ears.sounding, ears.notes]).toEqual([1, 2])
})

it('a note that began twice ends twice', () => {
  const ears = createEars()
  ears.hear('Synth', [sent(1, 0x90, 60, 90), sent(2, 0x90, 60, 90), sent(3, 0x80, 60, 0)])
  ears.listen(3)
  expect(ears.sounding).toBe(1)
})

it('only what a dead page left may be ended all at once', () => {
  const ears = createEars()
  ears.hear('Synth', [sent(1, 0x90, 60, 90)])
  ears.listen(1)
  ears.orphan()
  ears.hear('Synth', [sent(2, 0x90, 64, 90), sent(3, 0xb0, 123, 0)])
  ears.listen(3)
  expect([ears.sounding, ears.orphans]).toEqual([1, 0])
})

it('a message of a loop that is sent after it was due is late by as much', () => {
  const ears = createEars()
  const loop = (timeStamp: number, sentAt: number) => ({ bytes: [0x90, 60, 90], timeStamp, sentAt })
  ears.hear('Synth', [loop(50, 1), loop(60, 65), loop(70, 70)])
  expect(ears.lateMs).toEqual([0, 5])
})
