import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { arrange, formOf, playBand } from '../../src/band/index.ts'
import { type Answers, answersTo, readAnswers, readKey, scoreAnswers } from '../../src/cli/trial/answers.ts'
import {
  createRecall,
  noPast,
  notesOf,
  PlayerError,
  portraitOf,
  portraitWords,
  readPlayer,
  writePlayer,
} from '../../src/improv/index.ts'
import { readBandStyle } from '../../src/io/band-style.ts'
import { readCharts } from '../../src/io/charts/index.ts'
import { ContentError } from '../../src/music/index.ts'
import {
  PerformanceError,
  readBindings,
  readPerformance,
  readSongs,
  replay,
  SongError,
  writePerformance,
} from '../../src/session/index.ts'
import { cues } from '../../test/arbitraries/cues.ts'
import { playCues } from '../../test/cues.ts'
import { bytesOf, file, play, type Target, textOf } from './target.ts'

/** The beginnings of recordings that version 0.1 made. */
function oldPerformances(): Uint8Array[] {
  return ['oddities', 'sections', 'anything-1'].map((name) => {
    const text = textOf(gunzipSync(file(`test/replays/${name}.jsonl.gz`)))
    return bytesOf(
      text
        .split('\n')
        .slice(0, 60)
        .map((line) => `${line}\n`)
        .join(''),
    )
  })
}

/** Recordings of today in which whatever may happen does: keys, takes, trades, the band, models' answers. */
function newPerformances(): Uint8Array[] {
  return fc
    .sample(cues(15), { seed: 1, numRuns: 15 })
    .map((each, seed) => bytesOf(writePerformance({ seed, events: playCues(each, seed).events })))
}

/** The key of a trial of two clips. */
const trialKey = {
  ...{ format: 'tradefours-trial', version: 1, trial: 'one' },
  clips: {
    a: { performance: '1', comparison: 'band', condition: 'listening' },
    b: { performance: '1', comparison: 'band', condition: 'off' },
  },
}

/** Files in formats of our own, which people edit and exchange. */
export const ownFiles: readonly Target[] = [
  {
    name: 'performance',
    good: () => [...oldPerformances(), ...newPerformances()],
    feed(bytes) {
      for (const { state } of replay(readPerformance(textOf(bytes)))) if (!state) throw new Error('It has no state.')
    },
    errors: [PerformanceError],
  },
  {
    name: 'song',
    good: () => ['soloist', 'set-list', 'odd-metres'].map((name) => file(`examples/songs/${name}.json`)),
    feed: (bytes) =>
      play([
        { type: 'setList', songs: readSongs(textOf(bytes)) },
        { type: 'run', action: 'play' },
      ]),
    errors: [SongError],
  },
  {
    name: 'controls',
    good: () => [bytesOf('{"cc 41": "play", "note 36 ch 10": {"action": "measures", "by": 1}, "program": null}')],
    feed: (bytes) => readBindings(textOf(bytes)),
    errors: [SongError],
  },
  {
    name: 'player',
    good: () => [
      bytesOf(
        writePlayer({
          name: 'Anna',
          evenings: [
            { id: 'a', day: '2026-11-29', notes: [] },
            {
              id: 'b',
              day: '2026-11-30',
              notes: [60, 63, 67, 70].map((pitch, index) => ({
                pitch,
                velocity: 80,
                since: index === 0 ? null : 0.5,
                beats: 0.25,
                place: index / 2,
                chord: index % 2 === 0 ? { root: 0, kind: 'minor' } : null,
              })),
            },
          ],
        }),
      ),
    ],
    feed(bytes) {
      const player = readPlayer(textOf(bytes))
      const words = portraitWords(portraitOf(player)).join(' ')
      const recall = createRecall(49)
      recall.learn(notesOf(player))
      const { mixed } = recall.ask(noPast, null, new Float64Array(49).fill(1 / 49))
      if (/NaN|Infinity/.test(words) || !mixed.every((chance) => chance >= 0)) throw new Error('The player is broken.')
      if (notesOf(readPlayer(writePlayer(player))).length !== notesOf(player).length) throw new Error('Notes are lost.')
    },
    errors: [PlayerError],
  },
  {
    name: 'style of the band',
    good: () => [
      file('examples/styles/second-line.json'),
      bytesOf(
        JSON.stringify({
          ...{ name: 'Ours', like: 'bossa', bpm: 140, drums: 'latin', swing: null },
          bass: { centre: 40, isLocked: true, patterns: [{ text: 'R--5w-a-n.x.c3o7', energy: 0.5, weight: 2 }] },
          comping: {
            voices: [2, 4],
            top: 72,
            voicings: ['drop 2', 'quartal'],
            patterns: [{ text: '..x-', energy: 1 }],
          },
          drumming: [{ drum: 'snare', text: '....x-..', nats: 3 }],
        }),
      ),
    ],
    async feed(bytes) {
      const style = readBandStyle(textOf(bytes))
      const { songs } = await readCharts('Dm7 G7 | Cmaj7 | %')
      const measures = arrange(formOf(songs[0]?.bars ?? []), 1)
      const { bass, comping } = playBand(measures, { style, bpm: style.bpm, intensity: 0.5, seed: 1 })
      for (const { pitch, velocity, beat, beats } of [...bass, ...comping]) {
        if (!(pitch >= 0 && pitch < 128 && velocity > 0 && velocity < 128 && beat >= 0 && beats > 0))
          throw new Error(`It plays ${pitch} at ${velocity} on ${beat} for ${beats}.`)
      }
    },
    errors: [ContentError],
  },
  {
    name: 'answers of a trial',
    good: () => [
      bytesOf(
        ['anna', 'ben']
          .map((listener, index) =>
            JSON.stringify({
              ...{ format: 'tradefours-answers', version: 1, trial: 'one', listener },
              ratings: { a: 5 + index, b: 3 },
            }),
          )
          .join('\n'),
      ),
    ],
    feed(bytes) {
      const key = readKey(JSON.stringify(trialKey))
      const answers: Answers[] = []
      for (const line of textOf(bytes).split('\n')) answers.push(answersTo(key, readAnswers(line), answers))
      const { comparisons } = scoreAnswers(key, answers)
      const chances = comparisons.flatMap(({ pairs }) => pairs.map(({ p }) => p))
      if (!chances.every((p) => p > 0 && p <= 1)) throw new Error(`It has chances of ${chances}.`)
    },
    errors: [ContentError],
  },
]
