import { measureBeats, metreName } from '../../music/index.ts'
import { barLineShift, isOffItsBeats } from './hear-bar-lines.ts'
import { heardBeats } from './hear-metre.ts'
import { afterPickup, type MeasureMap, measureMap } from './measures.ts'
import type { MidiSong } from './read.ts'

/**
 * Where a song's measures lie: as its time signatures say, and where they say too little or what is plainly not so, as the
 * music is heard.
 *
 * @returns the map, and sentences for the user that begin after the file's name.
 * @throws RangeError with a sentence for the user when the first signature is no metre.
 */
export function heardMeasures({ timeSignatures, parts }: MidiSong): { map: MeasureMap; notices: string[] } {
  // Who has 1/4 throughout has beats, but no measures.
  const isUnnamed = timeSignatures.every(({ numerator, denominator }) => numerator === 1 && denominator === 4)
  const beats = isUnnamed ? heardBeats(parts) : 4
  const heard = [{ beat: 0, numerator: beats, denominator: 4 }]
  // And who plays beside the beats has no measures that could change.
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
  const [first] = map
  // Where measures are not all as long, signatures were set by hand, and are believed.
  const areAlike = map.every(({ bar, metre }) => bar > 0 && measureBeats(metre) === measureBeats(first.metre))
  const shift = areAlike ? barLineShift(parts, first.metre) : 0
  if (shift === 0) return { map, notices: [...said, ...notices] }
  said.push(
    `is heard with its first beat one ${shift} ${shift === 1 ? 'beat' : 'beats'} after its start: count from the start with --metre ${metreName(first.metre)}.`,
  )
  return { map: afterPickup(map, shift), notices: [...said, ...notices] }
}
