import { type ReadonlySignal, signal } from '@preact/signals'
import { type SoundingKey, soundingAfter } from '../../runtime/index.ts'
import type { Effect, SessionState } from '../../session/index.ts'
import { beatAt, type Seconds } from '../../timing/index.ts'
import type { RecentNote } from '../stage.ts'

/** What the hands let sound, for whoever draws it. */
export type SoundingKeys = {
  readonly keys: ReadonlySignal<readonly SoundingKey[]>
  recent(): readonly RecentNote[]
  /** Takes what an event made sound, and when. */
  hear(effects: readonly Effect[], transport: SessionState['transport'], at: Seconds): void
  /** Shows what has been heard: once a frame is enough. */
  show(): void
  /** Forgets all of it: another performance begins. */
  reset(): void
}

/** A roll shows no more of the solo than this. */
const remembered = 256

/** Follows what sounds. */
export function createSoundingKeys(): SoundingKeys {
  const keys = signal<readonly SoundingKey[]>([])
  let sounding: readonly SoundingKey[] = []
  let recent: readonly RecentNote[] = []
  let begunBefore = 0
  return {
    keys,
    recent: () => recent,
    hear(effects, { begun, timeline }, at) {
      const beat = beatAt(timeline, at)
      // The beats begin again: those of the solo before are other ones.
      if (begun !== begunBefore) recent = []
      begunBefore = begun
      for (const effect of effects) {
        sounding = soundingAfter(sounding, effect)
        if (effect.type === 'sound') {
          const { pitch, velocity, track, by } = effect
          if (track === 'solo') recent = [...recent, { pitch, velocity, beat, beats: 1 / 8, by }].slice(-remembered)
        } else if (effect.type === 'stop') {
          const { track, pitch } = effect
          if (track !== 'solo') continue
          const last = recent.findLastIndex((note) => note.pitch === pitch)
          const note = recent[last]
          if (note) recent = recent.with(last, { ...note, beats: Math.max(1 / 8, beat - note.beat) })
        }
      }
    },
    show() {
      keys.value = sounding
    },
    reset() {
      sounding = []
      recent = []
      begunBefore = 0
    },
  }
}
