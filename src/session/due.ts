import type { Beats } from '../music/index.ts'
import { type Seconds, secondsAt } from '../timing/index.ts'
import { crossBoundary, handOver, phraseEnd } from './improvise.ts'
import type { Moment } from './moment.ts'
import { endTake } from './recorder.ts'
import { enterSection } from './stand.ts'
import type { Asked } from './state.ts'
import { arriveInMetre } from './transport.ts'

/** Something that will happen by itself. */
export type Due = { readonly at: Seconds; readonly happen: () => void }

/** Lets happen what was due, in its order, each at its own time. */
export function catchUp(moment: Moment, until: Seconds): void {
  for (;;) {
    const due = nextDue(moment, until)
    if (!due || due.at > until) return
    bringAbout(moment, due)
  }
}

/** Lets something happen, at its time; what an event has made due that is long past, such as a held turn, happens now. */
export function bringAbout(moment: Moment, { at, happen }: Due): void {
  moment.at = Math.max(moment.at, at)
  happen()
}

/** What happens next by itself; of what is due at once, what is named first. */
export function nextDue(moment: Moment, until: Seconds): Due | null {
  const { transport, recorder, grooves, improv, stand } = moment.state
  let first: Due | null = null
  const add = (at: Seconds, happen: () => void) => {
    if (!first || at < first.at) first = { at, happen }
  }
  if (transport.playing) {
    const addAt = (beat: Beats, happen: () => void) => add(secondsAt(transport.timeline, beat), happen)
    const { take } = recorder
    if (take) addAt(take.end, () => endTake(moment))
    const { next } = transport
    if (next) addAt(next.beat, () => arriveInMetre(moment, next))
    if (stand.next) addAt(stand.next.beat, () => enterSection(moment, stand.next?.section ?? 0))
    const groove = grooves.next
    if (groove) addAt(groove.beat, () => moment.change('grooves', { playing: groove.playing, next: null }))
    if (improv.boundary) addAt(improv.boundary.beat, () => crossBoundary(moment, until))
  }
  const phrase = phraseEnd(moment.state)
  if (phrase !== null) add(phrase, () => handOver(moment))
  addPatience(grooves.asked, add, () => {
    moment.change('grooves', { asked: told(grooves.asked) })
    moment.tell('groove-late')
  })
  addPatience(improv.asked, add, () => {
    moment.change('improv', { asked: told(improv.asked) })
    moment.tell('melody-late')
  })
  return first
}

/** A model that takes longer is worth a word; nothing waits for it. */
const patience: Seconds = 2

function addPatience(asked: Asked | null, add: (at: Seconds, happen: () => void) => void, happen: () => void): void {
  if (asked && !asked.told) add(asked.at + patience, happen)
}

function told(asked: Asked | null): Asked | null {
  return asked && { ...asked, told: true }
}
