import { type Beats, measureBeats, metreName } from '../../music/index.ts'
import { barLineShift, isOffItsBeats } from './hear-bar-lines.ts'
import { heardBeats } from './hear-metre.ts'
import { type MeasureMap, type MeasureRun, measureMap, withLate } from './measures.ts'
import type { MidiSong } from './read.ts'
import type { MidiPart } from './read-parts.ts'

/**
 * Where a song's measures lie: as its time signatures say, and where they say too little or what is plainly not so, as the
 * music is heard.
 *
 * @returns the map, and sentences for the user that begin after the file's name.
 * @throws RangeError with a sentence for the user when the first signature is not a metre.
 */
export function heardMeasures({ timeSignatures, parts }: MidiSong): { map: MeasureMap; notices: string[] } {
  // A file that says 1/4 throughout has beats, but no measures.
  const isUnnamed = timeSignatures.every(({ numerator, denominator }) => numerator === 1 && denominator === 4)
  const beats = isUnnamed ? heardBeats(parts) : 4
  const heard = [{ beat: 0, numerator: beats, denominator: 4 }]
  // Where the music is off the file's beats, changes of metre mean nothing.
  const isOff = isOffItsBeats(parts)
  const { map, notices } = measureMap(isUnnamed ? heard : isOff ? timeSignatures.slice(0, 1) : timeSignatures)
  const said = beats === 4 ? [] : [`names no metre and is heard in ${beats}/4: choose another with --metre.`]
  if (isOff)
    return {
      map,
      notices: [
        ...said,
        ...notices,
        'was played without a click or at another tempo than it says: its measures are not the music’s.',
      ],
    }
  const alike = lastAlike(map)
  const { beat, metre } = map[alike] ?? map[0]
  // Where measures change on the way, signatures were set by hand, and are believed.
  const shift = beat <= introduction ? barLineShift(partsFrom(parts, beat), metre) : 0
  if (shift === 0) return { map, notices: [...said, ...notices] }
  const late = `${shift} ${shift === 1 ? 'beat' : 'beats'}`
  const how =
    alike === 0
      ? `is heard with its first beat one ${late} after its start: count from the start with --metre ${metreName(metre)}.`
      : `is heard with its measures ${late} later than its signatures say.`
  return { map: withLate(map, alike, shift), notices: [...said, how, ...notices] }
}

/** A file's last signature may be wrong up to here: it was meant for the start, and has become a change of metre. */
const introduction: Beats = 16

/** From which run on all measures are as long as the last. */
function lastAlike(map: MeasureMap): number {
  const length = (run: MeasureRun | undefined) => (run ? measureBeats(run.metre) : 0)
  return map.findLastIndex((run) => length(run) !== length(map.at(-1))) + 1
}

/** The parts from a beat on, which is their beat 0. */
function partsFrom(parts: readonly MidiPart[], start: Beats): MidiPart[] {
  return parts.flatMap((part) => {
    const notes = part.notes.flatMap((note) => (note.beat < start ? [] : [{ ...note, beat: note.beat - start }]))
    return notes.length > 0 ? [{ ...part, notes }] : []
  })
}
