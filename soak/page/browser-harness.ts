import { setTimeout } from 'node:timers/promises'
import { visitStage } from '../../e2e/browsers/visitor.ts'
import type { Seconds } from '../../src/timing/index.ts'
import type { PanelId } from '../../src/web/panels/index.ts'
import { text as panelText } from '../../src/web/panels/text.ts'
import type { Stage } from '../../src/web/stage.ts'
import { text } from '../../src/web/text.ts'
import { fakeMidiScript } from '../../test/fakes/midi.ts'
import { soundCardScript } from '../../test/fakes/sound-card.ts'
import * as inPage from './in-page.ts'
import type { OnError, PageMemory, SoakedBrowser, StartSoaked } from './soaked-browser.ts'

/** What the page lets scripts see. */
declare const tradefours: Stage

/** The page in a browser, with instruments at its MIDI outputs. */
export type BrowserHarness = Pick<SoakedBrowser, 'memoryOf'> & {
  /** Waits for a time of the session's clock, makes a move, and reads the page; null while that time is still to come. */
  make(at: Seconds, move: inPage.PageMove): Promise<inPage.Snapshot | null>
  /** Opens a panel for some seconds. */
  viewPanel(panel: PanelId, seconds: Seconds): Promise<void>
  /** Saves the performance as a file, and gives its text. */
  save(): Promise<string>
  /** Opens a file with this text. */
  open(file: string): Promise<void>
  material(): Promise<ReturnType<typeof inPage.material>>
  diagnostics(): Promise<ReturnType<typeof inPage.diagnostics>>
  /** Kills the models' thread, and resolves when its death was noticed; false where there is none. */
  kill(): Promise<boolean>
  /** Reloads the page, and gives what it sent while it unloaded. */
  reload(): Promise<inPage.Snapshot['sent']>
  /** Kills the page's process, and opens the page again. */
  crash(): Promise<void>
  /** The text of the stored performance that can be continued. */
  lastStored(): Promise<string>
  /** Continues it. */
  continueLast(): Promise<void>
  act: (action: Parameters<typeof inPage.act>[0]) => Promise<void>
  /** Whether the page becomes silent. */
  fallsSilent(): Promise<boolean>
  memory(): Promise<PageMemory>
  close(): Promise<void>
}

/** Opens the page. */
export async function openBrowserHarness(start: StartSoaked, onError: OnError): Promise<BrowserHarness> {
  const browser = await start(fakeMidiScript + soundCardScript + inPage.devicesScript, onError)
  const visit = async () => visitStage(await browser.newTab(), browser.address, async () => {})
  let visitor = await visit()
  const isReady = () => visitor.until(() => tradefours.loaded.value === 1 && tradefours.midi.isOpen.value)
  const withPanel = async <Result>(panel: PanelId, use: () => Promise<Result>) => {
    await visitor.press(text.panels[panel].label)
    await visitor.until(() => document.querySelector('.panel .content > *') !== null)
    const result = await use()
    await visitor.press(panelText.panel.close)
    return result
  }
  await visitor.press('Let me play')
  await isReady()
  await visitor.run(inPage.setUp)
  return {
    memoryOf: browser.memoryOf,
    make: (at, move) => visitor.run(inPage.makeMove, { at, move }),
    viewPanel: (panel, seconds) =>
      withPanel(panel, async () => {
        await visitor.run(inPage.lookThrough)
        await setTimeout(1000 * seconds)
      }),
    save: () =>
      withPanel('files', async () => {
        await visitor.press(panelText.files.save)
        await visitor.until(inPage.hasSaved)
        return visitor.run(inPage.takeSaved)
      }),
    open: (file) =>
      withPanel('files', async () => {
        await visitor.until(inPage.canChooseFile)
        await visitor.run(inPage.chooseFile, file)
      }),
    material: () => visitor.run(inPage.material),
    diagnostics: () => visitor.run(inPage.diagnostics),
    kill: browser.kill,
    async reload() {
      await visitor.run(inPage.storeSentOnUnload)
      await visitor.reload()
      await isReady()
      return visitor.run(inPage.sentOnUnload)
    },
    async crash() {
      await browser.crash()
      visitor = await visit()
      await isReady()
    },
    async lastStored() {
      await visitor.until(() => tradefours.performances.stored.value.length > 0)
      return visitor.run(inPage.lastStored)
    },
    continueLast: () => withPanel('files', () => visitor.press(panelText.files.continue)),
    act: (action) => visitor.run(inPage.act, action),
    fallsSilent: () =>
      visitor.until(inPage.isSilent).then(
        () => true,
        () => false,
      ),
    memory: browser.memory,
    close: browser.close,
  }
}
