import { createRhythmRecall, distanceClasses, type RhythmNote } from '../../src/improv/index.ts'
import {
  chancesOf,
  encodePhrase,
  InputRow,
  lengthClass,
  lengthClasses,
  longestDistance,
  noPhraseMemory,
  type Onset,
  phraseAnswer,
  stepClasses,
  withOnset,
  withTouch,
} from '../../src/models/index.ts'
import { mod } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import { addLesson, type Lessons, noLessons } from '../lines/mixing-fit.ts'
import type { Shipped } from '../shipped.ts'

/** What `phrase` has learnt: metres of 2 to 12 whole beats. */
export function isCounted({ notes }: Line): boolean {
  const measure = notes[0]?.measure ?? 0
  return notes.length > 1 && Number.isInteger(measure) && measure >= 2 && measure <= 12
}

/** The notes of a line on the grid of twelfths, as the training reads them. */
function onsetsOf({ notes }: Pick<Line, 'notes'>): Onset[] {
  let latest = Number.NEGATIVE_INFINITY
  return notes.map(({ beat, bpm, place, measure, chord, beatsToNextChord }, index) => {
    latest = Math.max(latest, twelfths(beat))
    return {
      time: latest,
      bpm,
      place: mod(twelfths(place), twelfths(measure)),
      measure: twelfths(measure),
      begins: index === 0 || notes[index - 1]?.endsPhrase === true,
      chord: chord !== null,
      beatsToNextChord,
      left: null,
    }
  })
}

/** Half goes up. */
function twelfths(beats: number): number {
  return Math.floor(12 * beats + 0.5)
}

/** A line as the memory of rhythm keeps it. */
function rhythmNotes(line: Pick<Line, 'notes'>): RhythmNote[] {
  const onsets = onsetsOf(line)
  return onsets.map(({ time, place }, index) => {
    const before = onsets[index - 1]
    return { phase: mod(place, 12), since: before ? time - before.time : null, beats: line.notes[index]?.beats ?? 0 }
  })
}

/** What somebody has played on other tunes. */
function otherRhythms({ performer, title }: Line, solos: readonly Line[]): RhythmNote[] {
  return solos
    .filter((other) => other.performer === performer && other.title !== title && isCounted(other))
    .flatMap(rhythmNotes)
}

/** What is told at each note of a line but the last: the model's own chances, and what came. */
type Tell = (
  what: 'distance' | 'length',
  own: Float64Array,
  came: number,
  recall: ReturnType<typeof createRhythmRecall>[],
  since: number,
) => void

/** Runs `phrase` along a line, with memories that follow it. Loudness is left out: it is the middle one for every note. */
function alongRhythm(
  { engine }: Shipped,
  line: Line,
  recalls: ReturnType<typeof createRhythmRecall>[],
  tell: Tell,
): void {
  const row = new InputRow(engine.inputs)
  const steps = new Float64Array(stepClasses)
  const [distances, lengths] = [new Float64Array(distanceClasses), new Float64Array(lengthClasses)]
  let memory = noPhraseMemory
  engine.start()
  const onsets = onsetsOf(line)
  for (const [index, onset] of onsets.entries()) {
    const [before, next] = [onsets[index - 1], onsets[index + 1]]
    const sounded = line.notes[index - 1]?.beats ?? 0
    encodePhrase(row, memory, onset)
    engine.feed(row)
    const answer = phraseAnswer(engine.logits)
    if (before) {
      const since = onset.time - before.time
      chancesOf(answer.lengths, lengths)
      tell('length', lengths, lengthClass(sounded), recalls, since)
      memory = withTouch(memory, sounded, 0)
      for (const each of recalls) each.next({ since, phase: mod(onset.place, 12), beats: sounded })
    } else for (const each of recalls) each.start(mod(onset.place, 12))
    if (next) {
      chancesOf(answer.steps, steps)
      for (let token = 0; token < distanceClasses; token++) {
        distances[token] = (steps[token] as number) + (steps[token + distanceClasses] as number)
      }
      tell('distance', distances, Math.min(longestDistance, next.time - onset.time), recalls, 0)
    }
    memory = withOnset(memory, onset, line.notes[index]?.pitch ?? 60)
  }
}

/** The notes that the weights of rhythm are learnt from. */
export function rhythmLessons(
  phrase: Shipped,
  lines: readonly Line[],
  solos: readonly Line[],
): { readonly distances: Lessons; readonly lengths: Lessons } {
  const [distances, lengths] = [noLessons(distanceClasses, 2), noLessons(lengthClasses, 2)]
  for (const line of lines.filter(isCounted)) {
    const recall = createRhythmRecall()
    recall.learn(otherRhythms(line, solos))
    alongRhythm(phrase, line, [recall], (what, own, came, _, since) => {
      const [session = null, performer = null] = recall.experts(since)[what]
      const lessons = what === 'distance' ? distances : lengths
      addLesson(lessons, own, [session, null], came)
      addLesson(lessons, own, [session, performer], came)
    })
  }
  return { distances, lengths }
}

/** Nats of each distance and of each length of a line: by the model alone, with the session's memory, and with the performer's, too. */
export function rhythmNats(phrase: Shipped, line: Line, solos: readonly Line[]) {
  const recalls = [createRhythmRecall(), createRhythmRecall()]
  const others = otherRhythms(line, solos)
  if (others.length > 0) recalls[1]?.learn(others)
  const nats = { distance: [[], [], []] as number[][], length: [[], [], []] as number[][] }
  alongRhythm(phrase, line, recalls, (what, own, came, _, since) => {
    nats[what][0]?.push(-Math.log(own[came] as number))
    for (const [index, recall] of recalls.entries()) {
      const mixed = what === 'distance' ? recall.distances(own) : recall.lengths(own, since)
      nats[what][index + 1]?.push(-Math.log(mixed[came] as number))
    }
  })
  return nats
}
