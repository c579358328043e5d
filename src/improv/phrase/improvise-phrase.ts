import { type Model, seeded } from '../../models/index.ts'
import { rounding } from '../../music/index.ts'
import { callMotif } from './call-motif.ts'
import { gridOfCall } from './grid-of-call.ts'
import { heardLine, loudnessOf } from './heard-line.ts'
import { phraseGrid } from './phrase-grid.ts'
import { PhrasePlayer } from './phrase-player.ts'
import { planTurn } from './plan.ts'
import { nothingRemembered, type PhraseAnswer, type PhraseRequest, type Remembered } from './request.ts'

/**
 * Fills a turn with phrases of the machine's own: they are planned first, each with its first and its last note before the
 * hand-over; then `phrase` says when each note comes, how long and how loud it is, and `solo` chooses its pitch over the
 * chord of that moment. Both have heard the call.
 *
 * A generator: it yields how much of the turn is done.
 *
 * @param models a model of phrases, and one that chooses pitches.
 * @param remembered what has been played before; it counts as much as the request's memory says.
 * @throws CheckpointError with a sentence for the user when they are models of other things.
 */
export function* improvisePhrase(
  models: { readonly phrase: Model; readonly solo: Model },
  request: PhraseRequest,
  remembered: Remembered = nothingRemembered,
): Generator<readonly [done: number, of: number], PhraseAnswer> {
  const { metre, place, swing, bpm, beats, seed } = request
  const everyPlace = phraseGrid(metre, place, swing)
  const random = seeded(seed)
  const line = heardLine(request.call, everyPlace, bpm)
  const grid = gridOfCall(line, everyPlace)
  const end = Math.floor((12 * beats) / grid.pulse + rounding)
  let from = Math.max(Math.floor((12 * request.from) / grid.pulse), (line.at(-1)?.time ?? -1) + 1)
  // A turn may begin, or go on, between two places.
  while (grid.sounds(from) < request.from - rounding) from++
  const motif = callMotif(line, grid, { closeness: request.closeness, end })
  const plan = planTurn({ grid, from, end, given: motif.phrases }, random)
  const player = new PhrasePlayer(models, request, grid, loudnessOf(line), motif, random)
  // What was played last is the call, which is heard.
  const { session, performer } = remembered
  player.remember({ session: session.slice(0, Math.max(0, session.length - line.length)), performer })
  for (const note of line) player.hear(note)
  for (const phrase of plan) {
    yield* player.play(phrase, end)
  }
  return { notes: player.finish(end) }
}
