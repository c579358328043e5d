import { setTimeout } from 'node:timers/promises'
import type { Stage } from '../../src/web/stage.ts'
import type { Tab } from './tab.ts'

/** What the page offers to scripts. */
declare const tradefours: Stage

/** A visitor of the stage: what hands and eyes do there, in any browser. */
export type Visitor = {
  readonly tab: Tab
  /** Runs a function in the page. It sees only the page and its arguments. */
  run<Args extends unknown[], Result>(script: (...args: Args) => Result, ...args: Args): Promise<Awaited<Result>>
  /** Waits until a function in the page returns true. */
  until<Args extends unknown[]>(script: (...args: Args) => boolean, ...args: Args): Promise<void>
  /** Clicks the button with this name, or one whose name begins with it, once it can be reached. */
  press(name: string): Promise<void>
  /** Presses a key of the computer that does something. */
  type(character: string): Promise<void>
  /** Strikes a key of the computer that plays, and lets it go once it sounds. */
  strike(character: string): Promise<void>
  reload(): Promise<void>
  /** From now on no host answers. */
  goOffline(): Promise<void>
}

/** How long a visitor waits for anything. */
const patienceMs = 60_000

/** Makes a first visit. */
export async function visitStage(tab: Tab, address: string, goOffline: () => Promise<void>): Promise<Visitor> {
  const run: Visitor['run'] = async (script, ...args) => {
    const called = `Promise.resolve((${script})(...${JSON.stringify(args)}))`
    return JSON.parse(await tab.evaluate(`${called}.then((value) => JSON.stringify(value ?? null))`))
  }
  const until: Visitor['until'] = async (script, ...args) => {
    await found(async () => (await run(script, ...args)) || null, `${script} of ${JSON.stringify(args)}`)
  }
  const reload = async () => {
    await tab.open(address)
    await until(() => 'tradefours' in globalThis)
  }
  await reload()
  return {
    tab,
    run,
    until,
    async press(name) {
      const { x, y } = await found(() => run(placeOfButton, name), `a button named ${name}`)
      await tab.click(x, y)
    },
    async type(character) {
      await tab.key('down', character)
      await tab.key('up', character)
    },
    async strike(character) {
      await tab.key('down', character)
      await until(() => tradefours.sounding.value.length > 0)
      await tab.key('up', character)
      await until(() => tradefours.sounding.value.length === 0)
    },
    reload,
    goOffline,
  }
}

/** Looks for something until it is there. @throws Error that says what did not come. */
async function found<Sought>(look: () => Promise<Sought | null>, what: string): Promise<Sought> {
  for (const from = Date.now(); Date.now() - from < patienceMs; await setTimeout(40)) {
    const sought = await look()
    if (sought !== null) return sought
  }
  throw new Error(`This did not come in ${patienceMs / 1000} s: ${what}`)
}

/** In the page: the middle of the button with this name, or whose name begins with it, scrolled to; null where no click reaches one. */
function placeOfButton(name: string): { readonly x: number; readonly y: number } | null {
  const nameOf = (button: Element) => button.getAttribute('aria-label') ?? button.textContent?.trim() ?? ''
  const buttons = [...document.querySelectorAll('button')].filter((button) => !button.closest('[inert]'))
  const button = buttons.find((each) => nameOf(each) === name) ?? buttons.find((each) => nameOf(each).startsWith(name))
  if (!button) return null
  button.scrollIntoView({ block: 'nearest' })
  const { left, top, width, height } = button.getBoundingClientRect()
  const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)]
  return button.contains(document.elementFromPoint(x, y)) ? { x, y } : null
}
