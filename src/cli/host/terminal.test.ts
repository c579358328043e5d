import { describe, expect, it } from 'vitest'
import { openScreen } from './terminal.ts'

/** A terminal that understands as much as the screen says, and shows it. */
function fakeTerminal(columns = 20) {
  const rows: string[] = []
  let written = ''
  return {
    columns,
    write(text: string) {
      written += text
      for (const [, row, line] of text.matchAll(/\p{Cc}\[(\d+);1H(.*?)\p{Cc}\[K/gsu)) rows[Number(row) - 1] = line ?? ''
      return true
    },
    rows,
    take() {
      const taken = written
      written = ''
      return taken
    },
  }
}

describe('a screen', () => {
  it('writes only the lines that are others now', () => {
    const terminal = fakeTerminal()
    const screen = openScreen(terminal)
    screen.show(['one', 'two'])
    terminal.take()
    screen.show(['one', 'three'])
    expect(terminal.take()).not.toContain('one')
    expect(terminal.rows).toEqual(['one', 'three'])
    screen.show(['one', 'three'])
    expect(terminal.take()).toBe('')
  })

  it('writes everything anew when the window has another size', () => {
    const terminal = fakeTerminal()
    const screen = openScreen(terminal)
    screen.show(['a long line indeed, longer than that'])
    expect(terminal.rows).toEqual(['a long line indeed, '])
    terminal.columns = 10
    screen.show(['a long line indeed, longer than that'])
    expect(terminal.rows).toEqual(['a long lin'])
  })

  it('lets nothing in a line steer the terminal', () => {
    const terminal = fakeTerminal()
    openScreen(terminal).show(['song \u001b[2J\u0007'])
    expect(terminal.rows).toEqual(['song  [2J '])
  })

  it('gives back what was there', () => {
    const terminal = fakeTerminal()
    openScreen(terminal).end()
    expect(terminal.take()).toMatch(/\[\?25h\p{Cc}\[\?1049l$/u)
  })
})
