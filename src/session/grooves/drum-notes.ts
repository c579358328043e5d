import { heardIntensity } from '../../band/index.ts'
import {
  atEnergy,
  type DrumHit,
  type Groove,
  hitBeat,
  inDrumTime,
  measureOf,
  ruleFill,
  strokeNote,
} from '../../groove/index.ts'
import { type Beats, clampVelocity, type Drum, measureBeats, type Steps } from '../../music/index.ts'
import { tempoAt } from '../../timing/index.ts'
import type { DueNote, Form, GrooveAnswer, Stretch } from '../core/index.ts'
import { energyOf } from '../listening/index.ts'
import { audible } from '../mixer/index.ts'
import { type DrumLoop, fitGroove, isIn, passes } from '../tracks/index.ts'
import { measureAt, swingOf, swungIn } from '../transport/index.ts'
import { drumLoop, isInTriplets, noPlaces, type Places, tripletPlaces } from './drum-loop.ts'
import { drumPhase } from './form.ts'
import { movesOf } from './moves.ts'
import type { GroovesState, Move } from './state.ts'
import { soloOf } from './trade.ts'

/** The strokes with which a fill, a break or the music ends, and how hard they are struck. */
const lastStrokes = [
  { drum: 'kick', velocity: 108 },
  { drum: 'crash', velocity: 112 },
] as const

/** The strokes of the drums. */
export function drumNotes(stretch: Stretch<GroovesState>, add: (note: DueNote) => void): void {
  const { state } = stretch
  const { settings, material, transport } = state
  const { form } = transport
  const loop = drumLoop(material, form.metre, settings)
  if (!loop || !audible(state, 'drums')) return
  const triplets = tripletPlaces(material, form.metre, settings)
  const isTriplets = isInTriplets(material, form.metre, settings)
  const placeOf = (groove: Groove, step: Steps, places: Places) =>
    isTriplets && groove.stepsPerBeat === 6 ? step / 6 : (places.get(step) ?? hitBeat(groove, step))
  const played = playedGroove(state, loop)
  const moves = movesOf(state)
  const play = (
    groove: Pick<Played, 'plain' | 'felt'>,
    start: Beats,
    places: Places,
    isPlayed: (place: Beats, drum: Drum) => boolean,
  ) => {
    for (const [index, plain] of groove.plain.hits.entries()) {
      const place = start + placeOf(groove.plain, plain.step, places)
      if (!isIn(stretch, loop.from, place) || !isPlayed(place, plain.drum)) continue
      add(strokeOf(state, between(plain, groove.felt.hits[index] ?? plain, settings.feel), place, groove.plain))
    }
  }
  const inTime = inDrumTime(played, state.grooves.time)
  const places = inTime.plain.stepsPerBeat === 6 ? noPlaces : triplets
  for (const pass of passes(form, played, stretch)) {
    play(inTime, pass, places, (place, drum) => {
      return !(settings['stop-time'] && isStopped(form, place)) && !moves.some((move) => isInstead(move, place, drum))
    })
  }
  for (const move of moves) {
    const { from, to } = move
    const inMove = (place: Beats) => place >= from && place < to
    if (move.kind === 'fill') play(fillOf(played, to), to - measureBeats(form.metre), noPlaces, inMove)
    if (move.kind === 'solo' && state.grooves.turn) play(soloOf(state.grooves.turn, form.metre), from, noPlaces, inMove)
    if (!isIn(stretch, loop.from, to)) continue
    for (const hit of lastStrokes) add(strokeOf(state, { ...hit, step: 0, offsetMs: 0 }, to, played.plain))
  }
}

/** Whether a place is silent in stop time: only beat one of each measure is played. */
export function isStopped(form: Form, place: Beats): boolean {
  return Math.abs(measureAt(form, place + stopped / 2).place - stopped / 2) > stopped
}

/** A stroke that is nearer to a bar line than this is on it. */
const stopped: Beats = 1 / 16

/** Whether a stroke of the groove is not played, because the drummer does something else there. */
function isInstead({ from, to, isLast }: Move, place: Beats, drum: Drum): boolean {
  if (place < from) return false
  return place < to || isLast || (place === to && lastStrokes.some((hit) => hit.drum === drum))
}

/** A groove that plays, and where it goes round. */
type Played = Required<Pick<GrooveAnswer, 'plain' | 'felt' | 'fills'>> & {
  readonly phase: number
  readonly measures: number
}

/** What the drummer plays, in the metre that is counted, as busily as it is asked for and heard. */
function playedGroove(state: GroovesState, loop: DrumLoop): Played {
  const { grooves, material, transport } = state
  const chosen = material.grooves[grooves.playing]
  const fixed: GrooveAnswer = { plain: loop.groove, felt: loop.groove }
  const answer = (chosen && grooves.rounds?.answer) ?? chosen ?? fixed
  const { measures } = answer.plain
  const energy = heardIntensity(state.settings.intensity, energyOf(state))
  const { plain, felt } = atEnergy(answer, energy, answer.dynamics)
  const fitted = (groove: Groove) => fitGroove(groove, transport.form.metre)
  return {
    plain: fitted(plain),
    felt: fitted(felt),
    fills: answer.fills ?? [],
    measures,
    phase: drumPhase(state, loop),
  }
}

/** A fill of a groove; of several, another one at another measure. Without any, it is one by rule. */
function fillOf({ plain, felt, fills }: Played, to: Beats): Pick<Played, 'plain' | 'felt'> {
  const measure = fills[Math.round(to) % fills.length]
  if (measure !== undefined) return { plain: measureOf(plain, measure), felt: measureOf(felt, measure) }
  const fill = ruleFill(plain.metre)
  return { plain: fill, felt: fill }
}

/** A stroke where it sounds. It stays nearest to its own step, at whatever tempo it was made. */
function strokeOf(state: GroovesState, hit: DrumHit, place: Beats, { stepsPerBeat = 4 }: Groove): DueNote {
  const { form, timeline } = state.transport
  const { drum, offsetMs } = hit
  const most = 1 / (2 * stepsPerBeat)
  const late = Math.min(most, Math.max(-most, (offsetMs * tempoAt(timeline, place)) / 60_000))
  const beat = swungIn(form, place, swingOf(state)) + late
  return { track: 'drums', drum, ...strokeNote({ ...hit, beat }), gain: state.settings['volume-drums'] }
}

function between(plain: DrumHit, felt: DrumHit, feel: number): DrumHit {
  return {
    ...plain,
    velocity: clampVelocity(plain.velocity + feel * (felt.velocity - plain.velocity)),
    offsetMs: plain.offsetMs + feel * (felt.offsetMs - plain.offsetMs),
  }
}
