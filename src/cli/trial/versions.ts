import type { Beats } from '../../music/index.ts'
import {
  type Part,
  type Performance,
  type RehearsalModels,
  rehearse,
  replay,
  type SessionEvent,
  type Settings,
} from '../../session/index.ts'
import { beatAt, secondsAt, type Timeline } from '../../timing/index.ts'

/** What a trial compares, the question that it asks, and the conditions under which the same hands are heard. */
export const comparisons = {
  band: {
    question: 'How well does the band follow the soloist?',
    conditions: ['listening', 'yoked', 'off'],
  },
  solo: {
    question: 'How good is the solo?',
    conditions: ['human', 'live', 'own'],
  },
  memory: {
    question: 'How much do the answers sound like the player?',
    conditions: ['memory', 'no memory'],
  },
} as const

export type Comparison = keyof typeof comparisons
export type Condition = (typeof comparisons)[Comparison]['conditions'][number]

/** What is heard in one version: performances at once, each with the parts of it that sound. */
export type Version = readonly { readonly performance: Performance; readonly parts?: readonly Part[] }[]

/**
 * The same hands under another condition: models answer anew what the hands of a performance ask for.
 *
 * Under `yoked` the band hears the lead of another performance, and the listener this one's: whoever rates it above `off`
 * hears nothing but a band that is busy now and then (a yoked control, Church 1964).
 *
 * @param other the performance that `yoked` takes the lead from.
 */
export function versionOf(
  condition: Condition,
  performance: Performance,
  other: Performance,
  models: RehearsalModels,
): Version {
  const play = (hands: readonly SessionEvent[], settings: Partial<Settings>) =>
    rehearse(withSettings(hands, settings), { ...models, seed: performance.seed }).performance
  const hands = handsOf(performance)
  switch (condition) {
    case 'listening':
    case 'off':
    case 'yoked': {
      const heard = condition === 'yoked' ? withLeadOf(performance, other) : hands
      const band = play(heard, { improvise: false, listen: condition === 'off' ? 0 : 1 })
      return [
        { performance: band, parts: bandParts },
        { performance, parts: leadParts },
      ]
    }
    case 'human':
      return [{ performance: play(hands, { improvise: false }) }]
    case 'live':
      return [{ performance: play(hands, { improvise: true, live: true, 'own-phrases': false }) }]
    case 'own': {
      const settings: Partial<Settings> = { improvise: true, 'own-phrases': true }
      const itsTurn = play(hands, { ...settings, interrupted: 'play-on' })
      return [{ performance: play(restingIn(itsTurn), settings) }]
    }
    case 'memory':
    case 'no memory':
      return [{ performance: play(hands, { memory: condition === 'memory' ? 1 : 0 }) }]
  }
}

const bandParts: readonly Part[] = ['bass', 'drums', 'chords']
const leadParts: readonly Part[] = ['lead', 'answer']

/** What hands, feet and pages did, without what any model answered. */
function handsOf({ events }: Performance): SessionEvent[] {
  return events
    .filter(({ type }) => type !== 'answer')
    .map((event) => {
      if (event.type !== 'noteOn') return event
      const { answer: _, ...key } = event
      return key
    })
}

/** With settings from the beginning on, which nothing changes. */
function withSettings(hands: readonly SessionEvent[], settings: Partial<Settings>): SessionEvent[] {
  const at = hands[0]?.at ?? 0
  const set = Object.entries(settings).map(([setting, value]): SessionEvent => {
    return { type: 'set', setting, value, at } as SessionEvent
  })
  return [...set, ...hands.filter((event) => !('setting' in event && Object.hasOwn(settings, event.setting)))]
}

/** The hands of a performance, without the keys of the lead that go down while it is the machine's turn. */
function restingIn(performance: Performance): SessionEvent[] {
  const resting = new Set<SessionEvent>()
  for (const { event, effects, state } of replay(performance)) {
    if (event.type === 'noteOn' && state.trading.trade.turn === 'response' && soundsLead(effects)) resting.add(event)
  }
  return handsOf({ ...performance, events: performance.events.filter((event) => !resting.has(event)) })
}

/** The hands of a performance with the lead of another one, at the beats at which it was played there. */
function withLeadOf(performance: Performance, other: Performance): SessionEvent[] {
  const own = leadOf(performance)
  const foreign = leadOf(other)
  const first = own.keys[0]?.at
  const begin = foreign.keys[0]?.at
  const rest = handsOf({ ...performance, events: performance.events.filter((event) => !own.events.has(event)) })
  if (first === undefined || begin === undefined) return rest
  const from: Beats = beatAt(own.timeline, first)
  const theirs: Beats = beatAt(foreign.timeline, begin)
  const moved = foreign.keys.map((key) => {
    return { ...key, at: secondsAt(own.timeline, from + beatAt(foreign.timeline, key.at) - theirs) } as SessionEvent
  })
  const last = performance.events.at(-1)?.at ?? 0
  return [...rest, ...moved.filter(({ at }) => at <= last)].sort((a, b) => a.at - b.at)
}

/** The keys of a performance's lead as they went down and up, the times at which they did, and the tempo while they did. */
function leadOf(performance: Performance) {
  const keys: SessionEvent[] = []
  const events = new Set<SessionEvent>()
  const down = new Set<number>()
  let timeline: Timeline | null = null
  for (const { event, effects, state } of replay(performance)) {
    if (event.type === 'noteOn' && soundsLead(effects)) {
      timeline ??= state.transport.timeline
      down.add(event.pitch)
      const { answer: _, ...key } = event
      keys.push(key)
      events.add(event)
    } else if (event.type === 'noteOff' && down.delete(event.pitch)) {
      keys.push(event)
      events.add(event)
    }
  }
  return { keys, events, timeline: timeline ?? [{ beat: 0, seconds: 0, bpm: 120 }] }
}

function soundsLead(effects: readonly { readonly type: string; readonly track?: string | null }[]): boolean {
  return effects.some(({ type, track }) => type === 'sound' && track === 'lead')
}
