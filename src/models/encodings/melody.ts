import { addBits, hold, type ModelEvent, noteOff, type PitchRange, type SequenceEncoding } from './encoding.ts'
import { fittingKeys, pitchCounts } from './squash.ts'

/** The pitches of Magenta's own melody models. */
export const magentaRange = [48, 83] as const

/** The key of all that basic_rnn, lookback_rnn and attention_rnn have heard: `transpose_to_key` in Magenta's configurations. */
const magentaKey = 0

const specialEvents = 2

/**
 * Magenta's MelodyOneHotEncoding, and Magenta.js's MelodyConverter: 0 hold, 1 note off, 2 + pitch − lowest. Models of
 * this encoding alone know melodies in C; mono_rnn and whatever takes more than the melody know them in every key.
 */
export function oneHotMelody(range: PitchRange, name = 'basic'): SequenceEncoding {
  const classes = classesOf(range)
  return {
    name,
    kind: 'melody',
    range,
    key: name === 'basic' ? magentaKey : null,
    chords: false,
    metre: false,
    inputs: classes,
    classes,
    encode: (row, events, step) => void row.clear().add(classOf(events[step] as ModelEvent, range)),
    label: (events, step) => classOf(events[step] as ModelEvent, range),
    decode: (token) => eventOf(token, range),
  }
}

/** How far back, in steps, a repetition is looked for: one measure of 4/4, and two. */
const distances = [16, 32] as const

/**
 * Magenta's LookbackEventSequenceEncoderDecoder over one-hot melodies: besides the event, those a measure and two
 * measures before the next step, a counter, and whether the event repeats one of a measure or two ago. Two
 * classes say "as a measure ago" and "as two measures ago".
 */
export function lookbackMelody(range: PitchRange): SequenceEncoding {
  const size = classesOf(range)
  const bits = 5
  return {
    ...repeating(range, oneHotMelody(range)),
    name: 'lookback',
    inputs: size * (1 + distances.length) + bits + distances.length,
    encode(row, events, step) {
      row.clear().add(classOf(events[step] as ModelEvent, range))
      for (const [index, distance] of distances.entries()) {
        row.add(size * (1 + index) + classOf(events[step - distance + 1] ?? hold, range))
      }
      addBits(row, 3 * size, bits, step + 1)
      for (const [index, distance] of distances.entries()) {
        if (repeats(events, step, distance)) row.add(3 * size + bits + index)
      }
    },
  }
}

/**
 * Magenta's KeyMelodyEncoderDecoder, of attention_rnn: the sounding pitch, whether it was just struck, which way
 * the line goes, repetitions, a counter, the bar line, and the major keys that fit all notes and the last three.
 */
export function keyMelody(range: PitchRange): SequenceEncoding {
  const pitches = range[1] - range[0] + 1
  const bits = 7
  const recentNotes = 3
  const stepsPerMeasure = 16
  return {
    ...repeating(range, pitchesFirst(range)),
    name: 'attention',
    inputs: pitches + 2 + 1 + 1 + distances.length + bits + 1 + 24,
    encode(row, events, step) {
      let sounding: number | null = null
      let attack = false
      let direction = 0
      const counts = new Array<number>(12).fill(0)
      const recent: number[] = []
      for (let index = 0; index <= step; index++) {
        const event = events[index] as ModelEvent
        if (event === hold) attack = false
        else if (event === noteOff) sounding = null
        else {
          attack = true
          sounding = event
          direction = Math.sign(event - (recent.at(-1) ?? event)) || direction
          counts[event % 12] = (counts[event % 12] as number) + 1
          if (recent.includes(event)) recent.splice(recent.indexOf(event), 1)
          if (recent.push(event) > recentNotes) recent.shift()
        }
      }
      row.clear()
      if (sounding === null) row.add(pitches + 1)
      else row.add(sounding - range[0]).add(pitches)
      let offset = pitches + 2
      if (attack) row.add(offset)
      if (direction !== 0) row.add(offset + 1, direction)
      offset += 2
      for (const [index, distance] of distances.entries()) if (repeats(events, step, distance)) row.add(offset + index)
      offset += distances.length
      addBits(row, offset, bits, step + 1)
      offset += bits
      if ((step + 1) % stepsPerMeasure === 0) row.add(offset)
      for (const key of fittingKeys(counts)) row.add(offset + 1 + key)
      for (const key of fittingKeys(pitchCounts(recent))) row.add(offset + 13 + key)
    },
  }
}

/**
 * What lookback and key melody share: two classes behind those of the plain events repeat what was a measure ago
 * and two measures ago.
 */
function repeating(
  range: PitchRange,
  plain: Pick<SequenceEncoding, 'label' | 'decode'>,
): Omit<SequenceEncoding, 'name' | 'inputs' | 'encode'> {
  const repeat = classesOf(range)
  const [measure, twoMeasures] = distances
  return {
    kind: 'melody',
    range,
    key: magentaKey,
    chords: false,
    metre: false,
    classes: repeat + distances.length,
    label(events, step) {
      const event = events[step] as ModelEvent
      if (step < twoMeasures && event === hold) return repeat + 1
      if (repeats(events, step, twoMeasures)) return repeat + 1
      return repeats(events, step, measure) ? repeat : plain.label(events, step)
    },
    decode(token, events) {
      if (token < repeat) return plain.decode(token, events)
      return events[events.length - (distances[token - repeat] as number)] ?? hold
    },
  }
}

/** Key melody counts its classes from the lowest pitch; hold and note off come behind the highest. */
function pitchesFirst(range: PitchRange): Pick<SequenceEncoding, 'label' | 'decode'> {
  const pitches = range[1] - range[0] + 1
  return {
    label(events, step) {
      const token = classOf(events[step] as ModelEvent, range)
      return token < specialEvents ? pitches + token : token - specialEvents
    },
    decode: (token) => (token < pitches ? range[0] + token : token - pitches - specialEvents),
  }
}

function repeats(events: readonly ModelEvent[], step: number, distance: number): boolean {
  return step >= distance && events[step] === events[step - distance]
}

function classesOf([lowest, highest]: PitchRange): number {
  return highest - lowest + 1 + specialEvents
}

function classOf(event: ModelEvent, [lowest, highest]: PitchRange): number {
  if (event === hold) return 0
  if (event === noteOff) return 1
  if (event >= lowest && event <= highest) return event - lowest + specialEvents
  throw new RangeError(`A pitch of ${event} is outside of this model's ${lowest} to ${highest}.`)
}

function eventOf(token: number, [lowest]: PitchRange): ModelEvent {
  return token < specialEvents ? token - specialEvents : token - specialEvents + lowest
}
