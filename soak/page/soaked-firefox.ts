import { readdir, readFile } from 'node:fs/promises'
import { startFirefox } from '../../e2e/browsers/firefox.ts'
import type { Tab } from '../../e2e/browsers/tab.ts'
import type { serveBuiltStage } from '../../scripts/stage-server.js'
import type { StartSoaked } from './soaked-browser.ts'

/** In the page: its models' thread, and whether the page has ended it. */
declare const modelsThread: { isOver: boolean; worker: Worker } | null

/** Keeps hold of the thread, which WebDriver BiDi does not reach. */
const threadScript = `{
  globalThis.modelsThread = null
  globalThis.Worker = class extends Worker {
    constructor(...options) {
      super(...options)
      if (String(options[0]).includes('web-worker')) globalThis.modelsThread = { worker: this, isOver: false }
    }
    terminate() {
      super.terminate()
      if (modelsThread?.worker === this) modelsThread.isOver = true
    }
  }
}`

/** Firefox, by WebDriver BiDi. @param serve serves the page */
export const soakedFirefox =
  (serve: typeof serveBuiltStage): StartSoaked =>
  async (script, onError) => {
    const { address, close } = await serve()
    const firefox = await startFirefox()
    await firefox.send('script.addPreloadScript', { functionDeclaration: `() => {${script}${threadScript}}` })
    await firefox.send('session.subscribe', { events: ['log.entryAdded'] })
    firefox.onEvent((_, { type, level, text }) => {
      if (level === 'error') onError(type === 'javascript' ? 'exception' : 'console', String(text))
    })
    let tab: Tab | null = null
    const run = async <Result>(script: () => Result) => {
      if (!tab) throw new Error('No page is open.')
      return JSON.parse(await tab.evaluate(`JSON.stringify((${script})())`)) as Result
    }
    return {
      address,
      memoryOf: 'process',
      async newTab() {
        const before = tab
        tab = await firefox.newTab()
        await before?.close()
        return tab
      },
      kill: () =>
        run(() => {
          const isThere = modelsThread !== null && !modelsThread.isOver
          if (isThere)
            modelsThread.worker.dispatchEvent(new ErrorEvent('error', { message: 'killed', cancelable: true }))
          return isThere && modelsThread.isOver
        }),
      async crash() {
        for (const pid of await pageProcesses(firefox.pid)) process.kill(pid, 'SIGKILL')
      },
      async memory() {
        const sizes = (await pageProcesses(firefox.pid)).map(residentBytes)
        const heapBytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
        return { heapBytes, nodes: await run(() => document.querySelectorAll('*').length), listeners: Number.NaN }
      },
      async close() {
        await firefox.close()
        await close()
      },
    }
  }

/** The processes of a browser's pages: those that it has named so, among its children and theirs. */
async function pageProcesses(browser: number): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger)
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')))
  const all = stats.flatMap((stat) => {
    const [, pid, name = '', parent] = /^(\d+) \((.*)\) \S (\d+)/.exec(stat) ?? []
    return pid ? [{ pid: Number(pid), name, parent: Number(parent) }] : []
  })
  const family = new Set([browser])
  for (let size = 0; family.size > size; ) {
    size = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  return all.filter(({ pid, name }) => family.has(pid) && name === 'Isolated Web Co').map(({ pid }) => pid)
}

/** How much memory a process takes, with its share of what it has in common with others. */
async function residentBytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
  return 1024 * Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0)
}
