import { intervalClass, seeded } from '../../src/models/index.ts'
import type { MidiPitch } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { below, percent, type Section, type Table, type Target } from '../report/report.ts'
import type { Shipped } from '../shipped.ts'
import { lineStatistics } from '../statistics.ts'
import { pitchesOf } from './baselines.ts'
import { material, statisticsColumns, valuesOf } from './material.ts'
import { knownNotes, type MemoryNats, memoryNats, memoryVoices } from './memory-nats.ts'
import { otherTunes } from './memory-notes.ts'
import { performerClassifier } from './performer-classifier.ts'
import { playRemembering, type RememberedLine, rememberingSoloist } from './remembered-line.ts'
import { reuse } from './reuse.ts'
import { alongChances } from './solo-player.ts'
import { bandTargets, soloBands } from './targets.ts'
import { measuredUnheard, unheardSection, unheardTable, unheardTargets } from './unheard-section.ts'

const dials = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1]

/** What memories are worth on the validation solos of the Weimar Jazz Database, and what the pocket dial does. */
export async function memorySection(options: Options): Promise<Section> {
  if (options.model) return unheardSection(options, options.model)
  const { solo, training, lines } = await material(options)
  const solos = [...training, ...lines]
  const nats = lines.map((line) => memoryNats(solo, line, solos))
  // From here on the engine is the soloist's.
  const soloist = rememberingSoloist(solo)
  const known = lines.map((line) => otherTunes(line, solos))
  const play = (settings: Parameters<typeof playRemembering>[3], isKnown = true) => {
    const random = seeded(options.seed)
    return lines.map((line, index) =>
      playRemembering(soloist, line, isKnown ? (known[index] ?? []) : [], settings, random),
    )
  }
  const without = play({ memory: 0 }, false)
  const session = play({}, false)
  const both = play({})
  const pocket = dials.map((dial) => (dial === 0 ? both : play({ pocket: dial })))
  const toSolo = pocket.map((played) =>
    mean(played.flatMap(({ pitches }, index) => natsToSolo(solo, lines[index] as Line, pitches))),
  )
  const free: readonly (readonly [string, readonly (readonly MidiPitch[])[]])[] = [
    ['human', lines.map(pitchesOf)],
    ['solo alone', without.map(({ pitches }) => pitches)],
    ['with the memory of the session', session.map(({ pitches }) => pitches)],
    ['with that and the performer’s', both.map(({ pitches }) => pitches)],
  ]
  const bands = soloBands(lineStatistics(lines, lines.map(pitchesOf)))
  const found = classified(options, soloist, training, lines)
  return {
    title: 'memory',
    notes: [
      'The memory of a session counts what the line has had so far; that of a performer what they play on other tunes. The mixing weights are learnt on a quarter of the training tunes, played along with a solo that had learnt from the others alone. Of most performers the model has learnt from other tunes, so what a memory of them adds is rather too little: the model knows some of it. So the figures of performers’ memories are those of another solo, which was trained without any of their solos (`make solo` with `--held-out`); it was measured before this run. It has learnt from less than the one that ships, and in the way of the edition before. The mixing weights are the same; the tunes that they were learnt on have these performers, too.',
      'The free lines are those of the section solo: the rhythm and chords of the solo, its first pitch given; the memories count as much as in a session. “Outside” is the share of notes outside of the range of that very solo, “off” by how many semitones the mean pitch misses the solo’s.',
      'The surprise is to the performer’s memory alone, in nats: what the dial asked for, and what came; beside it that to the model alone. The classifier is a naive Bayes of pitches, intervals and degrees; rhythm is not the soloist’s to choose here.',
    ],
    tables: [
      natsTable(nats),
      unheardTable(measuredUnheard),
      freeTable(lines, free),
      pocketTable(lines, pocket, toSolo),
      found.table,
    ],
    pictures: [],
    targets: [
      ...natsTargets(nats),
      ...unheardTargets(measuredUnheard),
      ...freeTargets(lines, both),
      ...bandTargets('with memories', lineStatistics(lines, free[3]?.[1] ?? []), bands),
      ...pocketTargets(lines, pocket, toSolo),
      found.target,
    ],
  }
}

const half = (nats: readonly number[]) => nats.slice(Math.floor(nats.length / 2))
const pooled = (all: readonly MemoryNats[], voice: number) => mean(all.flatMap(({ nats }) => nats[voice] ?? []))
const pooledHalves = (all: readonly MemoryNats[], voice: number) =>
  mean(all.flatMap(({ nats }) => half(nats[voice] ?? [])))
const better = (all: readonly MemoryNats[], voice: number) =>
  mean(all.map(({ nats }) => Number(mean(half(nats[voice] ?? [])) < mean(half(nats[0] ?? [])))))

function natsTable(all: readonly MemoryNats[]): Table {
  const known = all.filter(({ isKnown }) => isKnown)
  return {
    title: `Nats a note on ${all.length} validation solos; of ${known.length} performers ${knownNotes} other notes are known`,
    columns: [
      ['second halves', 3],
      ['better in', 2],
      ['whole', 3],
      ['of known performers', 3],
    ],
    rows: memoryVoices.map((name, voice) => [
      name,
      pooledHalves(all, voice),
      better(all, voice),
      pooled(all, voice),
      pooled(known, voice),
    ]),
  }
}

function natsTargets(all: readonly MemoryNats[]): Target[] {
  const [alone, session] = [pooledHalves(all, 0), pooledHalves(all, 1)]
  return [
    {
      says: 'memory of the session: nats on second halves at least 4 % below solo alone',
      figure: below(session, alone),
      met: session <= 0.96 * alone,
    },
    {
      says: 'memory of the session: better in at least 80 % of solos',
      figure: percent(better(all, 1)),
      met: better(all, 1) >= 0.8,
    },
  ]
}

/** How far lines leave the range of the solos, and miss their mean pitch. */
function registerOf(lines: readonly Line[], played: readonly (readonly MidiPitch[])[]) {
  const outside = lines.flatMap((line, index) => {
    const human = pitchesOf(line)
    const [lowest, highest] = [Math.min(...human), Math.max(...human)]
    return (played[index] ?? []).map((pitch) => Number(pitch < lowest || pitch > highest))
  })
  const off = lines.map((line, index) => Math.abs(mean(played[index] ?? []) - mean(pitchesOf(line))))
  return { outside: mean(outside), off: mean(off) }
}

function freeTable(
  lines: readonly Line[],
  free: readonly (readonly [string, readonly (readonly MidiPitch[])[]])[],
): Table {
  return {
    title:
      'Free lines: patterns of four and of six intervals that have been played before, range, and the other figures',
    columns: [['four again', 3], ['six again', 3], ['outside', 3], ['off', 2], ...statisticsColumns],
    rows: free.map(([name, played]) => {
      const { outside, off } = registerOf(lines, played)
      return [name, reuse(played, 4), reuse(played, 6), outside, off, ...valuesOf(lineStatistics(lines, played))]
    }),
  }
}

function freeTargets(lines: readonly Line[], both: readonly RememberedLine[]): Target[] {
  const played = both.map(({ pitches }) => pitches)
  const [four, six, { outside, off }] = [reuse(played, 4), reuse(played, 6), registerOf(lines, played)]
  return [
    {
      says: 'with memories: four intervals played before in .12 to .16',
      figure: four.toFixed(3),
      met: four >= 0.12 && four <= 0.16,
    },
    { says: 'with memories: six intervals in .02 to .05', figure: six.toFixed(3), met: six >= 0.02 && six <= 0.05 },
    {
      says: 'with memories: at most 3 % of notes outside the solo’s range',
      figure: percent(outside),
      met: outside <= 0.03,
    },
    { says: 'with memories: mean pitch within 2 semitones of the solo’s', figure: off.toFixed(2), met: off <= 2 },
  ]
}

const surpriseOf = (played: readonly RememberedLine[]) => mean(played.flatMap(({ surprises }) => surprises))
const targetOf = (played: readonly RememberedLine[]) => mean(played.flatMap(({ targets }) => targets))

/** Nats to the model alone of pitches on the rhythm and over the chords of a line, from the second on. */
function natsToSolo(solo: Shipped, line: Line, pitches: readonly MidiPitch[]): number[] {
  const nats: number[] = []
  const notes = line.notes.map((note, index) => ({ ...note, pitch: pitches[index] as MidiPitch }))
  alongChances(solo, { ...line, notes }, (own) => {
    const [last, pitch] = pitches.slice(nats.length) as [MidiPitch, MidiPitch]
    nats.push(-Math.log(own[intervalClass(pitch - last)] as number))
  })
  return nats
}

function pocketTable(
  lines: readonly Line[],
  pocket: readonly (readonly RememberedLine[])[],
  toSolo: readonly number[],
): Table {
  return {
    title: 'The pocket dial, from the performer’s own ways to what is strange to them',
    columns: [['asked for', 2], ['surprise', 2], ['to solo', 2], ['four again', 3], ...statisticsColumns],
    rows: pocket.map((played, index) => {
      const pitches = played.map((line) => line.pitches)
      return [
        `${dials[index]}`,
        dials[index] === 0 ? null : targetOf(played),
        dials[index] === 0 ? null : surpriseOf(played),
        toSolo[index] ?? null,
        reuse(pitches, 4),
        ...valuesOf(lineStatistics(lines, pitches)),
      ]
    }),
  }
}

function pocketTargets(
  lines: readonly Line[],
  pocket: readonly (readonly RememberedLine[])[],
  toSolo: readonly number[],
): Target[] {
  const turned = pocket.filter((_, index) => dials[index] !== 0)
  const surprises = turned.map(surpriseOf)
  const farthest = Math.max(
    ...toSolo
      .filter((_, index) => Math.abs(dials[index] as number) <= 0.5)
      .map((nats) => Math.abs(nats - (toSolo[dials.indexOf(0)] as number))),
  )
  const misses = turned.map((played) => Math.abs(surpriseOf(played) - targetOf(played)))
  const bands = soloBands(lineStatistics(lines, lines.map(pitchesOf))).filter(([figure]) =>
    ['ctr', 'scale', 'ctnctr', 'leaps'].includes(figure),
  )
  const left = pocket.flatMap((played, index) => {
    const figures = lineStatistics(
      lines,
      played.map(({ pitches }) => pitches),
    )
    return bands.flatMap(([figure, least, most]) =>
      figures[figure] < least || figures[figure] > most
        ? [`${figure} ${figures[figure].toFixed(3)} at ${dials[index]}`]
        : [],
    )
  })
  return [
    {
      says: 'pocket: the surprise rises at every step of the dial',
      figure: surprises.map((surprise) => surprise.toFixed(2)).join(' '),
      met: surprises.every((surprise, index) => index === 0 || surprise > (surprises[index - 1] ?? 0)),
    },
    {
      says: 'pocket: it meets its target within .2 nats',
      figure: Math.max(...misses).toFixed(2),
      met: Math.max(...misses) <= 0.2,
    },
    {
      says: 'pocket: for the middle half of the dial, the surprise to solo alone within .3 nats of that at natural',
      figure: farthest.toFixed(2),
      met: farthest <= 0.3,
    },
    {
      says: 'pocket: CTR7, SCALE, CTnCTR and leaps in their bands for the whole dial',
      figure: left.length === 0 ? 'all' : left.join(', '),
      met: left.length === 0,
    },
  ]
}

/** So many performers are told apart, those with most notes, on lines that are nobody's of them. */
const performers = 12
const borrowedLines = 8

/** How often a classifier of human lines finds the performer whose memory a line was made with. */
function classified(
  options: Options,
  soloist: Parameters<typeof playRemembering>[0],
  training: readonly Line[],
  lines: readonly Line[],
) {
  const solos = [...training, ...lines]
  const notes = new Map<string, number>()
  for (const { performer, notes: played } of solos) notes.set(performer, (notes.get(performer) ?? 0) + played.length)
  const names = [...notes]
    .sort(([, a], [, b]) => b - a)
    .slice(0, performers)
    .map(([name]) => name)
  const borrowed = lines.filter(({ performer }) => !names.includes(performer)).slice(0, borrowedLines)
  const titles = new Set(borrowed.map(({ title }) => title))
  const theirs = solos.filter(({ performer, title }) => names.includes(performer) && !titles.has(title))
  const whose = performerClassifier(theirs)
  const humans = lines.filter(({ performer }) => names.includes(performer))
  const blind = performerClassifier(theirs.filter((line) => !humans.some(({ title }) => title === line.title)))
  const settings = [
    ['without memories', { memory: 0 }],
    ['with memories', {}],
    ['with memories, pocket −1', { pocket: -1 }],
  ] as const
  const shares = settings.map(([, setting]) => {
    const random = seeded(options.seed)
    const hits = names.flatMap((name) => {
      const known = otherTunes({ ...(borrowed[0] as Line), performer: name }, theirs)
      return borrowed.map((line) => {
        const { pitches } = playRemembering(soloist, line, setting === settings[0][1] ? [] : known, setting, random)
        return Number(whose(line, pitches) === name)
      })
    })
    return mean(hits)
  })
  const [without = 0, memories = 0] = shares
  return {
    table: {
      title: `Whose line is it? The right one of ${performers} performers, on ${borrowed.length} rhythms of others each`,
      columns: [['found', 3]],
      rows: [
        [
          'human lines of other tunes',
          mean(humans.map((line) => Number(blind(line, pitchesOf(line)) === line.performer))),
        ],
        ...settings.map(([name], index) => [name, shares[index] as number] as const),
      ],
    } satisfies Table,
    target: {
      says: 'whose line: found at least three times as often with memories as without',
      figure: `${percent(memories)} and ${percent(without)}`,
      met: memories >= 3 * without,
    } satisfies Target,
  }
}
