import { openCheckpoint } from '../../src/io/checkpoints/node.ts'
import { createModel, fittingKeys, type Model, pitchCounts, type Random, seeded } from '../../src/models/index.ts'
import { isDiatonic, type MidiPitch } from '../../src/music/index.ts'
import type { Line, LineNote } from '../corpora/weimar.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { percent, type Section } from '../report/report.ts'
import { lineStatistics } from '../statistics.ts'
import { ngramAnswer, pitchesOf, randomInRange, rangeOf } from './baselines.ts'
import { intervalNgram, material } from './material.ts'
import { answerNotes, callLength, type Told } from './melody-player.ts'

/** A call of a soloist's, and what the soloist plays next. */
type Exchange = { readonly line: Line; readonly call: readonly LineNote[]; readonly next: readonly LineNote[] }

/** Whoever answers a call. */
type Player = (exchange: Exchange, random: Random) => readonly MidiPitch[]

/** How well classic mode answers: `melody`, and another model where one is named, beside a soloist and simple rules. */
export async function classicSection(options: Options): Promise<Section> {
  const { melody, training, lines } = await material(options)
  const exchanges = lines.flatMap(exchangesOf)
  const ngram = intervalNgram({ training, lines })
  const played = (player: Player) => {
    const random = seeded(options.seed)
    return figuresOf(
      exchanges,
      exchanges.map((exchange) => player(exchange, random)),
    )
  }
  const answersOf =
    (model: Model, told: Told): Player =>
    ({ line, call }, random) =>
      answerNotes(model, line, call, random, told)
  const human = played(({ next }) => pitchesOf({ notes: next }))
  const previous = played(({ call }) => pitchesOf({ notes: call }))
  const alone = played(answersOf(melody, { chords: false }))
  const overChords = played(answersOf(melody, { chords: true }))
  const other = options.model
    ? createModel(await openCheckpoint(options.model, false), options.model, options.encoding)
    : null
  const others = other ? ([[`${other.encoding.name}, named`, played(answersOf(other, { chords: true }))]] as const) : []
  const rows: readonly (readonly [name: string, figures: Figures])[] = [
    ['what the soloist plays next', human],
    ['melody, chords unknown', alone],
    ['melody over the chords', overChords],
    ...others,
    ['melody of version 0.1', firstEdition],
    ['the call again', previous],
    [
      `n-gram of order ${ngram.order}`,
      played(({ call }, random) =>
        ngramAnswer(ngram.model, { notes: call }, rangeOf({ notes: call }), call.length, random),
      ),
    ],
    ["random in the call's range", played(({ line, call }, random) => randomInRange({ ...line, notes: call }, random))],
  ]
  return {
    title: 'classic',
    notes: [
      `${exchanges.length} calls of ${callLength} notes from the validation solos, each answered in classic mode with as many pitches, which fall on the rhythm of what the soloist plays next. In key is the share of them in the major scale that holds most notes of the call; CTR7 and SCALE are over the chords of that moment. A model that knows one key gets the call in that key, as Magenta does it. Melody of version 0.1 was measured in the same way before it was replaced.`,
    ],
    tables: [
      {
        title: 'Answers to the calls of soloists',
        columns: Object.values(columns).map((name) => [name, 3] as const),
        rows: rows.map(([name, figures]) => [
          name,
          ...(Object.keys(columns) as (keyof Figures)[]).map((figure) => figures[figure]),
        ]),
      },
    ],
    pictures: [],
    targets: [
      {
        says: "melody: 66 % of an answer in the call's key",
        figure: `${percent(alone.inKey)}; over the chords ${percent(overChords.inKey)}`,
        met: Math.min(alone.inKey, overChords.inKey) >= 0.66,
      },
      {
        says: 'melody: at most 8 % of notes repeated',
        figure: `${percent(alone.repeated)}; over the chords ${percent(overChords.repeated)}`,
        met: Math.max(alone.repeated, overChords.repeated) <= 0.08,
      },
      {
        says: 'melody over the chords: CTR7 at least that of the call again',
        figure: `${overChords.ctr.toFixed(3)} and ${previous.ctr.toFixed(3)}`,
        met: overChords.ctr >= previous.ctr,
      },
      ...others.map(([name, { inKey }]) => ({
        says: `${name}: 85 % of an answer in the call's key`,
        figure: percent(inKey),
        met: inKey >= 0.85,
      })),
    ],
  }
}

/** What is measured of answers, and what the table calls it. */
const columns = {
  inKey: 'in key',
  repeated: 'repeated',
  ctr: 'CTR7',
  scale: 'SCALE',
  leap: 'mean leap',
  leaps: 'leaps > 7',
} as const

type Figures = Readonly<Record<keyof typeof columns, number>>

/** The first edition of melody, at its temperature of 0.9, in this measurement. */
const firstEdition: Figures = { inKey: 0.592, repeated: 0.129, ctr: 0.328, scale: 0.593, leap: 2.842, leaps: 0.049 }

/** The figures of answers that fall on the rhythm, and over the chords, of what the soloists play next. */
function figuresOf(exchanges: readonly Exchange[], answers: readonly (readonly MidiPitch[])[]): Figures {
  const lines = exchanges.map(({ next }, index) => ({ notes: next.slice(0, answers[index]?.length) }))
  const inKey = exchanges.flatMap(({ call }, index) => {
    const isHome = inKeyOf(call)
    return answers[index]?.map((pitch) => Number(isHome(pitch))) ?? []
  })
  return { inKey: mean(inKey), ...lineStatistics(lines, answers) }
}

function exchangesOf(line: Line): Exchange[] {
  const count = Math.floor(line.notes.length / callLength) - 1
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const at = index * callLength
    const call = line.notes.slice(at, at + callLength)
    return { line, call, next: line.notes.slice(at + callLength, at + 2 * callLength) }
  })
}

/** Whether a pitch is in the major scale that holds most of a call's notes. */
function inKeyOf(call: readonly LineNote[]): (pitch: MidiPitch) => boolean {
  const [tonic = 0] = fittingKeys(pitchCounts(call.map(({ pitch }) => pitch)))
  return (pitch) => isDiatonic(pitch - tonic + 120, 0)
}
