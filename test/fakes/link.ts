import type { LinkPeer } from '../../src/devices/link/index.ts'

/** Peers of Ableton Link without a network: ourselves, and the others with what they share. */
export function fakeLink(bpm: number, count: number) {
  /** The shared row of beats: a beat, its moment, and from there on the tempo. */
  let line = { beat: 0, ms: performance.now(), bpm }
  /** How far our own count of beats is from the shared one. */
  let ahead = 0
  let peers = count
  let playing = false
  let changedAtMs = Number.NEGATIVE_INFINITY
  let left = false
  const said: string[] = []
  const sharedAt = (ms: number) => line.beat + ((ms - line.ms) * line.bpm) / 60_000
  const setTempo = (bpm: number) => {
    const ms = performance.now()
    // As Link keeps it: whole microseconds a beat.
    line = { beat: sharedAt(ms), ms, bpm: Number.isInteger(bpm) ? bpm : 60e6 / Math.round(60e6 / bpm) }
  }
  const setPlaying = (to: boolean, ms: number) => {
    playing = to
    changedAtMs = ms
  }
  const setBeat: LinkPeer['setBeat'] = (beat, ms, quantum) => {
    const by = beat - sharedAt(ms)
    if (peers === 0) line = { ...line, beat: beat, ms }
    ahead = peers === 0 ? 0 : quantum * Math.floor(by / quantum)
  }
  const peer: LinkPeer = {
    get peers() {
      return peers
    },
    get tempo() {
      return line.bpm
    },
    get isPlaying() {
      return playing
    },
    get changedAtMs() {
      return changedAtMs
    },
    beatAt: (ms, quantum) => sharedAt(ms) + quantum * Math.round(ahead / quantum),
    setTempo(bpm) {
      said.push('tempo')
      setTempo(bpm)
    },
    setBeat,
    play(ms, quantum) {
      said.push('play')
      setPlaying(true, ms)
      setBeat(0, ms, quantum)
    },
    stop(ms) {
      said.push('stop')
      setPlaying(false, ms)
    },
    leave() {
      left = true
    },
  }
  return {
    peer,
    /** What we told the others, beats apart. */
    said,
    /** What the others do, and how things look to them. */
    others: {
      get tempo() {
        return line.bpm
      },
      get isPlaying() {
        return playing
      },
      get left() {
        return left
      },
      beatAt: sharedAt,
      setTempo,
      play: (ms: number) => setPlaying(true, ms),
      stop: () => setPlaying(false, performance.now()),
      /** One of them is suddenly there, and everybody takes their row of beats, which is so many further. */
      come(further: number) {
        peers++
        line = { ...line, beat: line.beat + further }
      },
    },
  }
}
