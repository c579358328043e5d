import { once } from 'node:events'
import { stderr, stdin, stdout } from 'node:process'
import type { Gauge } from '../../runtime/index.ts'
import { command } from '../../session/index.ts'
import type { Host, Notify } from './open-host.ts'
import { listenToTerminal, openScreen, sizeOf, terminalKeys } from './terminal.ts'
import { linesOf } from './view.ts'

/** How often the view is drawn: as often as the eye needs. */
const viewMs = 80

/** Waits until somebody ends this process, who gives it time to say goodbye; whoever does so twice does not. */
export async function goodbye(): Promise<void> {
  await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)))
}

type PlayOptions = {
  readonly quiet?: boolean
  readonly json?: boolean
  /** The file in which the performance is kept; null where nothing is. */
  readonly path: string | null
}

/**
 * Plays until somebody ends it, by a key or a signal, or a mistake of ours does: every note ends, and what was played is
 * kept, in any case.
 *
 * @param open opens the host, and is handed what reports to the performer, trouble and else.
 * @throws InputError with a sentence when what was played can't be kept.
 */
export async function play({ quiet, json, path }: PlayOptions, open: (notify: Notify) => Promise<Host>): Promise<void> {
  const shows = !quiet && !json && stdin.isTTY && stdout.isTTY
  // As soon as the first port is open, notes may sound that have to be ended.
  const ended = goodbye()
  const host = await open((sentence, isTrouble) => shows || (quiet && !isTrouble) || stderr.write(`${sentence}\n`))
  let endView = () => {}
  const mistake = await new Promise<Error | null>((resolve) => {
    void ended.then(() => resolve(null))
    process.once('uncaughtException', resolve)
    if (shows) endView = openView(host, () => resolve(null))
    else if (!quiet)
      stderr.write(`Tradefours plays${path === null ? '' : `, and keeps it in ${path}`} (Ctrl+C ends it)\n`)
  })
  endView()
  const report = reportOf(host, path)
  const unkept = await host.end().catch((error: Error) => error)
  if (mistake && unkept) stderr.write(`${unkept.message}\n`)
  const trouble = mistake ?? unkept
  if (trouble) throw trouble
  if (json) stdout.write(`${JSON.stringify(report)}\n`)
  else if (!quiet && path !== null) stdout.write(`Kept in ${path}\n`)
}

/** Shows the host, and lets the terminal's keys play it. Returns what ends that. */
function openView(host: Host, end: () => void): () => void {
  const screen = openScreen(stdout)
  const stopListening = listenToTerminal(stdin, {
    act: (id) => host.dispatch(command(id)),
    learn: (action) => host.dispatch({ type: 'learn', action }),
    end,
  })
  const draw = () => {
    const { columns, rows } = sizeOf(stdout)
    screen.show([...linesOf(host.shown(), { columns, rows: rows - 1 }), terminalKeys])
  }
  const timer = setInterval(draw, viewMs)
  draw()
  return () => {
    clearInterval(timer)
    stopListening()
    screen.end()
  }
}

/** How it went. */
function reportOf({ diagnostics, sent, refused, restarts }: Host, path: string | null) {
  const { keys, missed } = diagnostics
  const milliseconds = (gauge: Gauge) => ({ median: gauge.quantile(0.5), p99: gauge.quantile(0.99) })
  return {
    performance: path,
    keys: keys.count,
    keyMs: milliseconds(keys),
    sent: sent.lateness.count,
    latenessMs: milliseconds(sent.lateness),
    missed,
    refused: refused + sent.refused,
    restarts: restarts + sent.restarts,
  }
}
