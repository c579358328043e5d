import { onSixteenths } from '../../../groove/index.ts'
import { type ChordChange, type Metre, measureBeats, type Note, nearestStep, stepBeat } from '../../../music/index.ts'
import {
  chordsBetween,
  drumLoop,
  drumPhase,
  type LoopTrack,
  loopTracks,
  type SessionState,
} from '../../../session/index.ts'
import type { Exchange } from '../../stage.ts'
import { grooveOf, lineOf } from '../unrolled.ts'
import { type Figure, spoken } from './figure.ts'
import { measuresFor } from './rhythm.ts'
import { keySignature } from './spelling.ts'
import { pitchesToAbc, type Staff, toAbc } from './to-abc.ts'

/** The figures of an exchange, all in one key; null where there is nothing to show. @param values as many fit a line. */
export function exchangeFigures({ metre, call, melody, pitches, response, chords }: Exchange, values?: number) {
  const key = keySignature([...call, ...melody, ...response].map(({ pitch }) => pitch))
  const line = (played: readonly Note[], over: readonly ChordChange[] = []): Figure | null => {
    if (played.length === 0) return null
    const notes = fromFirstMeasure(played, metre)
    const measures = measuresFor(notes, metre)
    const within = over.filter(({ beat }) => beat < measures * measureBeats(metre))
    return {
      abc: toAbc({ metre, measures, key, chords: within, staves: [{ notes }] }, values),
      spoken: spoken(notes.map(({ pitch }) => pitch)),
    }
  }
  return {
    call: line(call, chords.call),
    melody: line(melody),
    pitches: pitches.length === 0 ? null : { abc: pitchesToAbc(pitches, key), spoken: spoken(pitches) },
    response: line(response, chords.response),
  }
}

/** A melody without the measures before it: it starts where its call ended. */
function fromFirstMeasure(notes: readonly Note[], metre: Metre): Note[] {
  const length = measureBeats(metre)
  const first = stepBeat(nearestStep(Math.min(...notes.map(({ beat }) => beat))))
  const start = Math.floor(first / length) * length
  return notes.map((note) => ({ ...note, beat: note.beat - start }))
}

/** How much of a long loop is shown: more would take too long to draw while music plays. */
const mostMeasures = 32

/**
 * The loops, from the bass's first measure on, a staff for each track; null without any. A loop that is shorter than
 * another is repeated.
 *
 * @param values how many note values fit a line.
 */
export function loopFigure(
  state: SessionState,
  names: Readonly<Record<LoopTrack | 'drums', string>>,
  values?: number,
): Figure | null {
  const { material, transport, grooves, settings } = state
  const { loops } = material
  const { bass } = loops
  const recorded = loopTracks.toReversed().flatMap((track) => (loops[track] ? [{ track, loop: loops[track] }] : []))
  const { metre } = transport.form
  const drums = drumLoop(material, metre, settings)
  const groove = material.grooves[grooves.playing]?.plain ?? drums?.groove
  const lengths = [...recorded.map(({ loop }) => loop), groove].flatMap((loop) => (loop ? [loop.measures] : []))
  const measures = Math.min(mostMeasures, Math.max(0, ...lengths))
  // The band's own drums are in its score.
  if (measures === 0 || (recorded.length === 0 && drums?.withBand)) return null
  const start = (bass ?? recorded.at(-1)?.loop ?? drums)?.phase ?? 0
  const from = transport.form.beat + start * measureBeats(metre)
  const lines = recorded.map(({ track, loop }) => ({
    name: names[track],
    notes: lineOf(loop, { metre, measures, start }, settings),
  }))
  const staves: Staff[] = [
    ...lines,
    ...(groove
      ? [
          {
            name: names.drums,
            groove: grooveOf(onSixteenths(groove), {
              metre,
              measures,
              start: start - (drums ? drumPhase(state, drums) : 0),
            }),
          },
        ]
      : []),
  ]
  const sheet = {
    metre,
    measures,
    bpm: settings.tempo,
    chords: chordsBetween(state, from, from + measures * measureBeats(metre)),
    staves,
    repeats: lengths.every((length) => measures % length === 0),
  }
  return { abc: toAbc(sheet, values), spoken: spoken(lines.flatMap(({ notes }) => notes.map(({ pitch }) => pitch))) }
}
