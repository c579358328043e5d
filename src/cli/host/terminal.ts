import { emitKeypressEvents, type Interface, type Key, type ReadLineOptions } from 'node:readline'
import type { ReadStream, WriteStream } from 'node:tty'
import { type ActionId, actionIds, actions, isSetting, settings } from '../../session/index.ts'

/** A screen of letters that shows lines, and writes only those that have changed: it never flickers. */
export type Screen = {
  show(lines: readonly string[]): void
  end(): void
}

const control = '\u001b['
const [hideCursor, showCursor] = [`${control}?25l`, `${control}?25h`]
const [enter, leave] = [`${control}?1049h${hideCursor}`, `${showCursor}${control}?1049l`]

/** Opens a screen over what the terminal shows; that comes back in the end. */
export function openScreen(terminal: Pick<WriteStream, 'write' | 'columns' | 'rows'>): Screen {
  let shown: readonly string[] = []
  let size = ''
  terminal.write(enter)
  return {
    show(lines) {
      const { columns, rows } = sizeOf(terminal)
      // When the window changes its size, its lines are all over the place.
      if (`${columns} ${rows}` !== size) {
        if (size !== '') terminal.write(`${control}2J`)
        shown = []
      }
      size = `${columns} ${rows}`
      // A title in a song may have anything in it.
      const all = [...lines, ...shown.slice(lines.length).map(() => '')].slice(0, rows)
      const cut = all.map((line) => line.replace(/\p{Cc}/gu, ' ').slice(0, columns))
      const changed = cut.flatMap((line, row) =>
        line === shown[row] ? [] : [`${control}${row + 1};1H${line}${control}K`],
      )
      shown = cut
      if (changed.length > 0) terminal.write(changed.join(''))
    },
    end: () => void terminal.write(leave),
  }
}

/** How many letters a terminal is wide and high; some do not say. */
export function sizeOf({ columns, rows }: Pick<WriteStream, 'columns' | 'rows'>): {
  readonly columns: number
  readonly rows: number
} {
  return { columns: columns || 80, rows: rows || 24 }
}

/** What the keys of a terminal do. */
export type TerminalActions = {
  act(action: ActionId): void
  /** The next control that is touched will do what the next key does. */
  learn(action: ActionId): void
  end(): void
}

/** A terminal says only when a key goes down: that is enough for actions, and not for a piano. */
const codes: Readonly<Record<string, string>> = {
  space: 'Space',
  return: 'Enter',
  backspace: 'Backspace',
  escape: 'Escape',
  left: 'ArrowLeft',
  right: 'ArrowRight',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  ...Object.fromEntries(Array.from({ length: 10 }, (_, digit) => [String(digit), `Digit${digit}`])),
}

const actionOf = new Map<string, ActionId>(
  actionIds.flatMap((id): [string, ActionId][] => {
    const { key }: { readonly key?: string } = isSetting(id) ? settings[id] : actions[id]
    return key ? [[key, id]] : []
  }),
)

/** The same keys as on the stage, and two of a terminal's own. */
export const terminalKeys = 'space play   0 tap   1 bass   3 groove   4 chords   5 improvise   l learn   q end'

/**
 * How many milliseconds Escape waits, as it begins what arrows send, too. That comes in one piece, and panic has no time
 * to lose.
 */
const patience: Pick<ReadLineOptions, 'escapeCodeTimeout'> = { escapeCodeTimeout: 25 }

/**
 * Lets the keys of a terminal do what they do on the stage; `l` and then one of them learns a control for it.
 *
 * @returns what gives the keys back.
 */
export function listenToTerminal(terminal: ReadStream, does: TerminalActions): () => void {
  let learns = false
  const press = (_: string | undefined, { name = '', ctrl = false, meta = false }: Key) => {
    // Escape and a key right after it are Meta and that key to a terminal, and Escape alone is Meta and itself.
    if (meta && name !== 'escape') press(_, { name: 'escape' })
    if (name === 'q' || (ctrl && name === 'c')) does.end()
    // Whoever thinks better of learning silences nothing by it.
    else if (learns && name === 'escape') learns = false
    else if (name === 'l') learns = true
    else {
      const action = actionOf.get(codes[name] ?? '')
      if (action) does[learns ? 'learn' : 'act'](action)
      learns = false
    }
  }
  // Of an interface, this is all that is read.
  emitKeypressEvents(terminal, patience as unknown as Interface)
  terminal.setRawMode(true)
  terminal.on('keypress', press)
  terminal.resume()
  return () => {
    terminal.off('keypress', press)
    terminal.setRawMode(false)
    terminal.pause()
  }
}
