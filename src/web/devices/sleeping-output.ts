import type { Output, Sound } from '../../runtime/index.ts'

/** An output whose sound card may sleep. */
export type SleepingOutput = Output & {
  /** The sound card has woken. */
  woke(): void
}

/** What a key did so short a time ago is still to be heard: the visitor's very first key wakes the sound card. */
const freshMs = 300

/**
 * Lets nothing sound late: while its sound card sleeps, as in a phone call, an output would gather what keys do and let
 * it all sound at once. Of that, only what is held or fresh when it wakes is heard.
 */
export function createSleepingOutput(
  output: Output,
  isAwake: () => boolean,
  nowMs: () => number = () => performance.now(),
): SleepingOutput {
  const pressed = new Map<string, { readonly sound: Sound; readonly atMs: number; isHeld: boolean }>()
  const nameOf = ({ track, pitch, channel }: Pick<Sound, 'track' | 'pitch' | 'channel'>) =>
    `${track} ${pitch} ${channel}`
  return {
    ...output,
    sound(sound) {
      if (isAwake()) output.sound(sound)
      else pressed.set(nameOf(sound), { sound, atMs: nowMs(), isHeld: true })
    },
    stop(stop) {
      const key = pressed.get(nameOf(stop))
      if (key) key.isHeld = false
      output.stop(stop)
    },
    woke() {
      for (const { sound, atMs, isHeld } of pressed.values()) {
        if (!isHeld && nowMs() - atMs > freshMs) continue
        output.sound(sound)
        const { track, pitch, channel } = sound
        if (!isHeld) output.stop({ type: 'stop', track, pitch, ...(channel !== undefined && { channel }) })
      }
      pressed.clear()
    },
  }
}
