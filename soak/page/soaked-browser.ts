import type { Tab } from '../../e2e/browsers/tab.ts'

/** How much memory a page takes; NaN where its browser does not say. */
export type PageMemory = { readonly heapBytes: number; readonly nodes: number; readonly listeners: number }

/** A browser that has the page, and what only that browser can do with it. */
export type SoakedBrowser = {
  /** Where the page is served. */
  readonly address: string
  /** What `heapBytes` are of: the page's heap after a garbage collection, or all of its process. */
  readonly memoryOf: 'heap' | 'process'
  /** Opens an empty page, which is the page from now on. */
  newTab(): Promise<Tab>
  /** Kills the models' thread, and resolves when its death was noticed; false where there is none. */
  kill(): Promise<boolean>
  /** Kills the page's process. */
  crash(): Promise<void>
  memory(): Promise<PageMemory>
  close(): Promise<void>
}

/** Called with each exception of the page and each error on its console. */
export type OnError = (kind: 'exception' | 'console', message: string) => void

/**
 * Starts a browser.
 *
 * @param script runs in each page before the page's own scripts.
 */
export type StartSoaked = (script: string, onError: OnError) => Promise<SoakedBrowser>
