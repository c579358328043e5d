import type { Output } from '../../runtime/index.ts'
import type { Track } from '../../session/index.ts'

/** The name of the microphone among the devices, and so the source of what it heard. */
export const microphoneSource = 'microphone'

/**
 * What of a session sounds through the page itself: the tracks that are not only sent to ports, and no note that a
 * microphone has heard, for that sounds already.
 */
export function pageOutput(output: Output, isInner: (track: Track) => boolean): Output {
  return {
    ...output,
    sound(sound, source) {
      if (!isInner(sound.track) || (source === microphoneSource && sound.by === 'human')) return
      output.sound(sound, source)
    },
    schedule(note, at, seconds) {
      if (isInner(note.track)) output.schedule(note, at, seconds)
    },
  }
}
