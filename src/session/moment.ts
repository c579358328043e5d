import type { Soloist } from '../improv/index.ts'
import { type Random, seeded } from '../models/index.ts'
import type { Beats } from '../music/index.ts'
import { beatAt, type Seconds } from '../timing/index.ts'
import { type DialId, dials } from './dials.ts'
import type { Effect } from './effect.ts'
import type { NoticeId } from './notices.ts'
import type { SessionState } from './state.ts'
import type { Track } from './tracks.ts'

/** What of a state has parts itself. */
type StatePart = { [Part in keyof SessionState]: SessionState[Part] extends number ? never : Part }[keyof SessionState]

/**
 * One step of a performance while it is made: the state so far and what the world is to do. It lives as long as the
 * step; the states that go in and come out are values.
 */
export class Moment {
  state: SessionState
  /** When it happens. */
  at: Seconds
  readonly effects: Effect[] = []
  /** Who chooses pitches live, if anybody is there. */
  readonly soloist: Soloist | null

  constructor(state: SessionState, at: Seconds, soloist: Soloist | null) {
    this.state = state
    this.at = at
    this.soloist = soloist
  }

  /** The beat that it is. */
  get beat(): Beats {
    return beatAt(this.state.transport.timeline, this.at)
  }

  set(patch: Partial<SessionState>): void {
    this.state = { ...this.state, ...patch }
  }

  /** Changes a part of the state. */
  change<Part extends StatePart>(part: Part, patch: Partial<SessionState[Part]>): void {
    this.state = { ...this.state, [part]: { ...this.state[part], ...patch } }
  }

  do(effect: Effect): void {
    this.effects.push(effect)
  }

  tell(notice: NoticeId, detail?: string): void {
    this.do({ type: 'tell', notice, ...(detail !== undefined && { detail }) })
  }

  /** Uses the performance's own chance, which goes on from where it was. */
  draw<Drawn>(from: (random: Random) => Drawn): Drawn {
    const random = seeded(this.state.chance)
    const drawn = from(random)
    this.set({ chance: random.state })
    return drawn
  }

  /** The number of a new request to a model. */
  request(): number {
    const requests = this.state.requests + 1
    this.set({ requests })
    return requests
  }
}

/** A seed for somebody else's chance. */
export function seedFrom(random: Random): number {
  return Math.floor(random.next() * 2 ** 32)
}

/** Whether a switch is on. */
export function isOn({ settings }: SessionState, id: DialId): boolean {
  return settings[id] > 0
}

/** What a choice is set to. */
export function chosen<Id extends 'keys' | 'hand-over'>(
  { settings }: SessionState,
  id: Id,
): (typeof dials)[Id]['words'][number] {
  return dials[id].words[settings[id]] as (typeof dials)[Id]['words'][number]
}

/** Whether a track is heard: not muted, and not left out by others that are to be heard alone. */
export function audible(state: SessionState, track: Track): boolean {
  const { settings } = state
  if (isOn(state, `mute-${track}`)) return false
  return isOn(state, `only-${track}`) || !onlyDials.some((id) => settings[id] > 0)
}

const onlyDials = ['only-click', 'only-bass', 'only-drums', 'only-chords', 'only-solo'] as const
