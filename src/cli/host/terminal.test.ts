import { EventEmitter } from 'node:events'
import type { ReadStream } from 'node:tty'
import { afterEach, describe, expect, it } from 'vitest'
import { listenToTerminal, openScreen } from './terminal.ts'

/** A terminal that understands as much as the screen says, and shows it. */
function fakeTerminal(columns = 20, rows = 5) {
  const lines: string[] = []
  let written = ''
  return {
    columns,
    rows,
    write(text: string) {
      written += text
      for (const [, row, line] of text.matchAll(/\p{Cc}\[(\d+);1H(.*?)\p{Cc}\[K/gsu))
        lines[Number(row) - 1] = line ?? ''
      return true
    },
    lines,
    take() {
      const taken = written
      written = ''
      return taken
    },
  }
}

describe('a screen', () => {
  it('writes only the lines that have changed', () => {
    const terminal = fakeTerminal()
    const screen = openScreen(terminal)
    screen.show(['one', 'two'])
    terminal.take()
    screen.show(['one', 'three'])
    expect(terminal.take()).not.toContain('one')
    expect(terminal.lines).toEqual(['one', 'three'])
    screen.show(['one', 'three'])
    expect(terminal.take()).toBe('')
  })

  it('writes everything anew when the window has another size', () => {
    const terminal = fakeTerminal()
    const screen = openScreen(terminal)
    screen.show(['a long line indeed, longer than that'])
    expect(terminal.lines).toEqual(['a long line indeed, '])
    terminal.columns = 10
    screen.show(['a long line indeed, longer than that'])
    expect(terminal.lines).toEqual(['a long lin'])
  })

  it('writes nothing below its last row, and leaves nothing of what was longer', () => {
    const terminal = fakeTerminal(20, 3)
    const screen = openScreen(terminal)
    screen.show(['one', 'two', 'three', 'four'])
    expect(terminal.lines).toEqual(['one', 'two', 'three'])
    screen.show(['one'])
    expect(terminal.lines).toEqual(['one', '', ''])
    terminal.rows = 2
    screen.show(['one', 'two', 'three'])
    expect(terminal.take()).toContain('[2J')
    expect(terminal.lines).toEqual(['one', 'two', ''])
  })

  it('lets nothing in a line steer the terminal', () => {
    const terminal = fakeTerminal()
    openScreen(terminal).show(['song \u001b[2J\u0007'])
    expect(terminal.lines).toEqual(['song  [2J '])
  })

  it('gives back what was there', () => {
    const terminal = fakeTerminal()
    openScreen(terminal).end()
    expect(terminal.take()).toMatch(/\[\?25h\p{Cc}\[\?1049l$/u)
  })
})

describe('the keys of a terminal', () => {
  let stopListening = () => {}
  afterEach(() => stopListening())

  /** Sends what keys send, and says what they have done. */
  function hands() {
    const keys = Object.assign(new EventEmitter(), { setRawMode() {}, resume() {}, pause() {} })
    const done: string[] = []
    const act = (action: string) => done.push(action)
    const learn = (action: string) => done.push(`learn ${action}`)
    stopListening = listenToTerminal(keys as unknown as ReadStream, { act, learn, end: () => done.push('end') })
    return { send: (sent: string) => keys.emit('data', Buffer.from(sent)), done }
  }

  it('do what they do on the stage, and learn', () => {
    const { send, done } = hands()
    for (const sent of [' ', '0', '\u001b[D', 'l', '3', '3', 'q']) send(sent)
    expect(done).toEqual(['play', 'tap', expect.any(String), 'learn new-groove', 'new-groove', 'end'])
  })

  it('leave learning with Escape, and silence nothing by it', async () => {
    const { send, done } = hands()
    send('l')
    send('\u001b')
    await new Promise((resolve) => setTimeout(resolve, 250))
    for (const sent of ['0', '\u001b0']) send(sent)
    expect(done).toEqual(['tap', 'panic', 'tap'])
  })

  it('stop everything at once: Escape does not wait for what might follow it', async () => {
    const { send, done } = hands()
    send('\u001b')
    // A timer that is set later, for later, ends later on any machine.
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect(done).toEqual(['panic'])
  })

  it('stop everything, too, where another key follows right away', () => {
    const { send, done } = hands()
    send('\u001b0')
    expect(done).toEqual(['panic', 'tap'])
  })
})
