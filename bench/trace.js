/** @import { Page } from 'playwright' */

/**
 * An event of Chromium's trace, in microseconds: `ts` and `dur` are real time, `tts` and `tdur` the thread's own time.
 *
 * @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, tts: number, dur?: number, tdur?: number, args: any }} TraceEvent
 */

/**
 * Traces a page's main thread.
 *
 * @param {Page} page
 * @returns what ends it: the thread's events, in their order.
 */
export async function traceMain(page) {
  const session = await page.context().newCDPSession(page)
  const events = /** @type {TraceEvent[]} */ ([])
  session.on('Tracing.dataCollected', ({ value }) => events.push(.../** @type {any} */ (value)))
  const includedCategories = ['toplevel', 'blink.user_timing']
  const traceConfig = { includedCategories, recordMode: /** @type {const} */ ('recordContinuously') }
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig })
  return async () => {
    const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
    await session.send('Tracing.end')
    await done
    const names = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    const isMain = new Set(names.map(({ pid, tid }) => `${pid} ${tid}`))
    return events.filter(({ pid, tid }) => isMain.has(`${pid} ${tid}`)).sort((a, b) => a.tts - b.tts)
  }
}

/** The tasks among a thread's events. @param {readonly TraceEvent[]} events */
export function tasksOf(events) {
  return events.filter(({ name, ph }) => ph === 'X' && name.endsWith('RunTask'))
}
