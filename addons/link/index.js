/** Ableton Link for Tradefours. Times are on `performance.now()`'s clock, in milliseconds. */
import { createRequire } from 'node:module'

const link = createRequire(import.meta.url)('./build/Release/link.node')

/** A time stamp on Link's clock. Computed each time, because the system adjusts one of the two clocks now and then. */
const linkTime = (/** @type {number} */ timeStampMs) => link.now() + timeStampMs - performance.now()

/**
 * Joins the peers on this network; without any, waits for them.
 *
 * @param {number} bpm the tempo while there are no peers.
 */
export function joinLink(bpm) {
  link.setTempo(bpm, link.now())
  link.enable(1)
  return {
    get peers() {
      return link.peers()
    },
    get tempo() {
      return link.tempo()
    },
    get isPlaying() {
      return link.isPlaying() > 0
    },
    get changedAtMs() {
      return link.changedAt() - link.now() + performance.now()
    },
    /** @param {number} timeStampMs @param {number} quantum */
    beatAt: (timeStampMs, quantum) => link.beatAt(linkTime(timeStampMs), quantum),
    /** @param {number} bpm @param {number} timeStampMs */
    setTempo: (bpm, timeStampMs) => link.setTempo(bpm, linkTime(timeStampMs)),
    /** @param {number} beat @param {number} timeStampMs @param {number} quantum */
    setBeat: (beat, timeStampMs, quantum) => link.setBeat(beat, linkTime(timeStampMs), quantum),
    /** @param {number} timeStampMs @param {number} quantum */
    play: (timeStampMs, quantum) => link.play(linkTime(timeStampMs), quantum),
    /** @param {number} timeStampMs */
    stop: (timeStampMs) => link.stop(linkTime(timeStampMs)),
    leave: () => link.enable(0),
  }
}
