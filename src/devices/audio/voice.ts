import type { Beats, MidiPitch, Velocity } from '../../music/index.ts'
import type { Seconds } from '../../timing/index.ts'
import type { Sample, VoiceSounds } from './bank.ts'
import { createLiveTone, type LiveTone } from './live-tone.ts'
import { type Touch, touchAt } from './touch.ts'

/** A voice of the bank that plays. All times are the context's, now or in the future. */
export type Voice = {
  /**
   * Begins a note at a time. It lasts so many seconds, or, where they are left out, until its key is released.
   *
   * @param gain the track's volume: 1 is as played.
   */
  play(note: Struck, gain: number, at: Seconds, seconds?: Seconds): void
  /** Ends the note of a key that is held; one that has not begun yet never will. */
  release(note: Pick<Struck, 'pitch' | 'channel'>, at: Seconds): void
  /** Moves the notes that keys hold. */
  express: LiveTone['express']
  /** Ends the notes whose length was given, and those among them that have not begun yet never will. */
  silence(at: Seconds): void
}

/** A note that is struck; its own channel tells it from others of its pitch, where an MPE zone gives it one. */
type Struck = {
  readonly pitch: MidiPitch
  readonly velocity: Velocity
  readonly channel?: number | undefined
  /** Where it stands in the music, for one of a loop. */
  readonly beat?: Beats
}

/** A note that sounds or is about to. */
type Sounding = {
  readonly pitch: MidiPitch
  readonly channel: number | undefined
  readonly choke: string | undefined
  readonly source: AudioBufferSourceNode
  /** Held on to, because contexts in Node stop what nobody holds. */
  readonly filters: readonly AudioNode[]
  readonly fader: GainNode
  readonly amplitude: number
  readonly start: Seconds
  /** Whether a key holds it. */
  readonly isHeld: boolean
  /** When it begins to fade; infinite while nobody knows. */
  end: Seconds
  /** How long that fade takes, unless a faster one comes. */
  fading: Seconds
  /** When nothing is to be heard of it any more. */
  over: Seconds
}

/** How fast a note goes that has to make room: too fast to be heard, too slow to click. */
const quick: Seconds = 0.008

/** Loudness by velocity: half as hard is 9 dB softer. */
const velocityCurve = 1.5

/**
 * Makes a voice.
 *
 * @param into gives the node for sounds from a place between left, -1, and right, 1.
 */
export function createVoice(context: BaseAudioContext, sounds: VoiceSounds, into: (pan: number) => AudioNode): Voice {
  const { polyphony, release, oneShot = false, varies = false } = sounds
  /** In the order in which they were asked for. */
  let notes: Sounding[] = []
  const live = createLiveTone(context)

  const makeRoom = ({ pitch, channel }: Struck, { choke }: Sample, isHeld: boolean, at: Seconds) => {
    if (notes.some(isOver)) notes = notes.filter((note) => !isOver(note))
    let sounding = 0
    let first: Sounding | null = null
    for (const note of notes) {
      if (note.over <= at || note.start > at) continue
      if (choke !== undefined && note.choke === choke) fade(note, at, quick)
      else if (!oneShot && isSame(note, pitch, channel) && note.isHeld === isHeld) fade(note, at, quick)
      else {
        sounding++
        if (!first || goesBefore(note, first, at)) first = note
      }
    }
    if (first && sounding >= polyphony) fade(first, at, quick)
  }
  const isOver = ({ over }: Sounding) => over <= context.currentTime
  const endAll = (at: Seconds, which: (note: Sounding) => boolean) => {
    for (const note of notes) if (which(note)) fade(note, at, release)
  }

  return {
    play(struck, gain, at, seconds) {
      const { pitch, velocity, channel, beat = at } = struck
      const touch = varies ? touchAt(pitch, beat) : null
      const sample = sounds.sampleAt(pitch, velocity, touch?.which)
      const level = gain * (touch?.level ?? 1)
      const amplitude = sample ? sample.gain * level * (velocity / 127) ** velocityCurve : 0
      if (!sample || !(amplitude > 0)) return
      const isHeld = seconds === undefined
      makeRoom(struck, sample, isHeld, at)
      const rate = 2 ** ((pitch - sample.root) / 12 + (touch?.cents ?? 0) / 1200)
      const source = context.createBufferSource()
      source.buffer = sample.buffer
      source.playbackRate.value = rate
      const fader = context.createGain()
      fader.gain.value = amplitude
      const place = into(sample.pan ?? 0)
      const filters = toned(context, sample, velocity, touch)
      const path = [source, ...filters, fader, isHeld ? live.into(place) : place]
      for (const [index, node] of path.entries()) if (index > 0) path[index - 1]?.connect(node)
      if (isHeld) live.add({ pitch, channel, source }, at)
      source.addEventListener('ended', () => fader.disconnect())
      source.start(at)
      const note: Sounding = {
        pitch,
        channel,
        choke: sample.choke,
        source,
        filters,
        fader,
        amplitude,
        start: at,
        isHeld,
        end: Number.POSITIVE_INFINITY,
        fading: 0,
        over: at + sample.buffer.duration / rate,
      }
      notes.push(note)
      if (!oneShot && seconds !== undefined) fade(note, at + seconds, release)
    },
    release({ pitch, channel }, at) {
      if (!oneShot) endAll(at, (note) => note.isHeld && isSame(note, pitch, channel))
    },
    express: live.express,
    silence: (at) => endAll(at, ({ isHeld }) => !isHeld),
  }
}

/** What makes a sample as bright as it is struck, and gives a stroke what is its own. */
function toned(
  context: BaseAudioContext,
  { mellow }: Sample,
  velocity: Velocity,
  touch: Touch | null,
): readonly AudioNode[] {
  const filters: AudioNode[] = []
  const add = (type: BiquadFilterType, hertz: number, decibels: number) => {
    const filter = context.createBiquadFilter()
    filter.type = type
    filter.frequency.value = hertz
    filter.gain.value = decibels
    filters.push(filter)
  }
  if (mellow) add('highshelf', mellow[0], mellow[1] * (velocity / 127 - 1) + (touch?.brighter ?? 0))
  if (touch) add('peaking', touch.ring.hertz, touch.ring.decibels)
  return filters
}

function isSame(note: Sounding, pitch: MidiPitch, channel: number | undefined): boolean {
  return note.pitch === pitch && note.channel === channel
}

/** Whether a note is missed less than another when one has to go: one that fades already, else the older. */
function goesBefore(note: Sounding, other: Sounding, at: Seconds): boolean {
  const fades = note.end <= at
  return fades === other.end <= at ? note.start < other.start : fades
}

/** Fades a note out from a time on, or cancels it when it has not begun; a fade that is over earlier stays. */
function fade(note: Sounding, at: Seconds, seconds: Seconds): void {
  const { source, fader, amplitude, start, end, fading, over } = note
  if (at + seconds >= over && at >= start) return
  // A source can be stopped only once; afterwards its fader is enough.
  if (end === Number.POSITIVE_INFINITY) source.stop(Math.max(start, at + seconds))
  if (at < start) {
    fader.disconnect()
    note.end = start
    note.over = start
    return
  }
  const { gain } = fader
  gain.cancelScheduledValues(Math.min(at, end))
  if (at > end) {
    // It fades already: as far as it has come by then, and from there faster.
    gain.setValueAtTime(amplitude, end)
    gain.linearRampToValueAtTime(amplitude * (1 - (at - end) / fading), at)
  } else {
    gain.setValueAtTime(amplitude, at)
    note.end = at
    note.fading = seconds
  }
  gain.linearRampToValueAtTime(0, at + seconds)
  note.over = at + seconds
}
