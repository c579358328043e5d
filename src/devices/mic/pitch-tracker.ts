import { clampVelocity, type MidiPitch, type Velocity } from '../../music/index.ts'
import type { SessionInput } from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { createPitchDetector, gate, type Reading } from './pitch-detector.ts'

/** A note that begins or ends, and when it did, in seconds from the first sample: earlier than it can be known. */
export type TrackedNote = { readonly input: SessionInput; readonly at: Seconds }

/** Follows the notes of an instrument or a voice that plays one at a time. */
export type PitchTracker = {
  /** The pitch that sounds now; null in silence. */
  readonly pitch: MidiPitch | null
  listen(samples: Float32Array): readonly TrackedNote[]
  /** Ends what sounds: nothing more will come in. */
  letGo(): readonly TrackedNote[]
}

/** How many hops: of 5 ms each. */
type Hops = number

/** The level rises: something is struck, blown or sung. */
type Attack = {
  readonly hop: Hops
  /** The level before, and the highest that it came to soon after. */
  readonly before: number
  peak: number
}

/** Hops that have one pitch. */
type Run = { readonly from: Hops; pitch: number; count: Hops; stretch: Seconds }

/** The note that sounds. */
type Sounding = {
  readonly pitch: MidiPitch
  readonly from: Hops
  loudest: number
  /** The last hop that had its pitch. */
  near: Hops
  /** The first hop of those, up to now, that have another. */
  away: Hops | null
}

/** Longer than a period of the lowest wave: the level over it is steady while a note is. */
const levelHops: Hops = 6

/** By how much the level rises in an attack, and in one that needs no other sign. */
const rise = 1.3
const strongRise = 2

/** How long an attack rises, within which time another one is the same, and how long its pitch is waited for. */
const rising: Hops = 8
const oneAttack: Hops = 30
const attackForgotten: Hops = 60

/** Pitches that differ by less are one, such as a vibrato's; another note is further away than that. */
const onePitch = 0.5
const otherPitch = 0.7

/** How long another note without an attack has to last to be believed; longer where harmonics may deceive. */
const legato: Hops = 7
const legatoToHarmonic: Hops = 16
const harmonics = [12, 19, 24]

/** A note is over when it is softer than this share of its loudest, or has had no clear pitch for this long. */
const fadedTo = 0.03
const unclear: Hops = 12

/** How much louder than what is left of the last note a note without an attack begins. */
const swells = 4

/** Makes a tracker for samples of a rate, in hertz. */
export function createPitchTracker(sampleRate: number): PitchTracker {
  const detector = createPitchDetector(sampleRate)
  let now: Hops = -1
  let levels: number[] = []
  let attack: Attack | null = null
  let run: Run | null = null
  let sounding: Sounding | null = null
  /** How loud the last note's remains are. */
  let remains = 0
  let found: TrackedNote[] = []

  const level = () => Math.max(...levels.slice(-levelHops))
  const report = (input: SessionInput, at: Hops) => found.push({ input, at: Math.max(0, at) * detector.hop })
  const begin = (pitch: MidiPitch, from: Hops) => {
    const loudest = Math.max(...levels.slice(Math.min(-1, Math.floor(from) - now - 1)))
    sounding = { pitch, from, loudest, near: now, away: null }
    attack = null
    report({ type: 'noteOn', pitch, velocity: velocityOf(loudest) }, from)
  }
  const end = (at: Hops) => {
    if (!sounding) return
    report({ type: 'noteOff', pitch: sounding.pitch }, Math.max(at, sounding.from))
    sounding = null
    remains = level()
  }
  const followLevel = (latest: number) => {
    const before = Math.max(gate / rising, level())
    levels = [...levels, latest].slice(-attackForgotten)
    if (attack && now - attack.hop > attackForgotten) attack = null
    if (attack && now - attack.hop <= rising) attack.peak = Math.max(attack.peak, latest)
    const isNew = !attack || now - attack.hop > oneAttack
    if (isNew && latest > gate && latest > before * rise) attack = { hop: now, before, peak: latest }
    remains = Math.min(remains, level())
  }
  const followPitch = ({ pitch, stretch }: Reading) => {
    if (pitch === null) run = null
    else if (run && Math.abs(pitch - run.pitch) < onePitch) {
      run.count++
      run.pitch += 0.3 * (pitch - run.pitch)
      run.stretch = stretch
    } else run = { from: now, pitch, count: 1, stretch }
    if (!sounding) return
    if (pitch === null) sounding.away = null
    else if (Math.abs(pitch - sounding.pitch) > otherPitch) sounding.away ??= now
    else {
      sounding.near = now
      sounding.away = null
    }
  }
  /** Begins what a run of one pitch says. */
  const listen = ({ pitch, from, count, stretch }: Run) => {
    const stretchHops = stretch / detector.hop
    if (count < 3 + stretchHops / 4) return
    const next = Math.round(pitch)
    if (!sounding) {
      if (attack) begin(next, attack.hop)
      else if (level() > Math.max(gate, swells * remains)) begin(next, from - 0.75 * stretchHops)
      return
    }
    const { pitch: last, near, away } = sounding
    const isStruck =
      attack &&
      attack.hop > sounding.from + rising &&
      (from > attack.hop || attack.peak > strongRise * attack.before) &&
      now - attack.hop >= 0.7 * stretchHops
    if (attack && isStruck) {
      const at = attack.hop
      end(at)
      begin(next, at)
      return
    }
    const isHarmonic = harmonics.some((harmonic) => Math.abs(Math.abs(pitch - last) - harmonic) < onePitch)
    const needed = isHarmonic ? legatoToHarmonic : legato
    if (next === last || away === null || now - away < needed || count < legato) return
    // A stretch has one pitch when it is most of it: the change is about in its middle.
    const at = Math.max(sounding.from + 1, (near + away - stretchHops) / 2)
    end(at)
    begin(next, at)
  }
  /** Ends a note that has faded, or become noise. */
  const fade = (note: Sounding) => {
    note.loudest = Math.max(note.loudest, level())
    if (level() < Math.max(gate, fadedTo * note.loudest)) end(now - levelHops + 1)
    else if (!run && now - note.near > unclear) end(note.near + 1)
  }
  const collect = (work: () => void) => {
    found = []
    work()
    return found
  }
  return {
    get pitch() {
      return sounding?.pitch ?? null
    },
    listen: (samples) =>
      collect(() => {
        for (const reading of detector.listen(samples)) {
          now++
          followLevel(reading.level)
          followPitch(reading)
          if (run) listen(run)
          if (sounding) fade(sounding)
        }
      }),
    letGo: () => collect(() => end(now)),
  }
}

/** Velocity goes by decibels: the loudest from 6 dB below full scale on, the softest at the gate. */
function velocityOf(level: number): Velocity {
  const decibels = 20 * Math.log10(level)
  return clampVelocity(127 + ((decibels + 6) * 120) / 44)
}
