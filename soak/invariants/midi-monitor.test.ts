import { expect, it } from 'vitest'
import { createMidiMonitor } from './midi-monitor.ts'

const sent = (atMs: number, ...bytes: number[]) => ({ bytes, timeStamp: atMs, sentAt: atMs })

it('a monitor follows messages in the order of their times, and counts the notes that nobody ends', () => {
  const monitor = createMidiMonitor()
  monitor.add('Synth', [sent(30, 0x80, 60, 0), sent(10, 0x90, 60, 90), sent(20, 0x90, 64, 90)])
  monitor.advance(25)
  expect(monitor.sounding).toBe(2)
  monitor.advance(35)
  expect([monitor.sounding, monitor.notes]).toEqual([1, 2])
})

it('a note that started twice ends twice', () => {
  const monitor = createMidiMonitor()
  monitor.add('Synth', [sent(1, 0x90, 60, 90), sent(2, 0x90, 60, 90), sent(3, 0x80, 60, 0)])
  monitor.advance(3)
  expect(monitor.sounding).toBe(1)
})

it('only the notes of a dead page may be ended all at once', () => {
  const monitor = createMidiMonitor()
  monitor.add('Synth', [sent(1, 0x90, 60, 90)])
  monitor.advance(1)
  monitor.orphan()
  monitor.add('Synth', [sent(2, 0x90, 64, 90), sent(3, 0xb0, 123, 0)])
  monitor.advance(3)
  expect([monitor.sounding, monitor.orphans]).toEqual([1, 0])
})

it('a message of a loop that is sent after its time is late by the difference', () => {
  const monitor = createMidiMonitor()
  const loop = (timeStamp: number, sentAt: number) => ({ bytes: [0x90, 60, 90], timeStamp, sentAt })
  monitor.add('Synth', [loop(50, 1), loop(60, 65), loop(70, 70)])
  expect(monitor.lateMs).toEqual([0, 5])
})
