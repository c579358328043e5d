/** What the demonstration plays. It has a file of its own, since the page fetches it when somebody asks for it. */
import { type Beats, fourFour, type MidiPitch, metreText, type Note } from '../../music/index.ts'
import { Script, type SessionEvent } from '../../session/index.ts'
import { type Bpm, timeline } from '../../timing/index.ts'
import { text } from '../text.ts'

/** Its tempo. */
export const bpm: Bpm = 112

const loop: Beats = 8

/** What is said of it, one line each time the loop begins. */
export const captions = [
  'First, a bassline is recorded …',
  '… drums join in at once, and chords go on top.',
  'Now a phrase: the call.',
  'The player goes on, and the machine chooses the notes: the response.',
  'Another call.',
  'And another response: the player’s rhythm, the machine’s notes.',
  text.demo.over,
].map((line, pass) => ({ beat: pass * loop, line }))

/** Everything that the visitor hears: bass, drums, chords, a new groove, and two calls with their responses. */
export function demoScript(): SessionEvent[] {
  const script = new Script(timeline(bpm))
  script.add(0, { type: 'metre', metre: metreText(fourFour) })
  script.begin({ tempo: bpm, measures: 2, 'count-in': 0, live: true, harmony: 0.6, contour: 0.5, wildness: 0.95 })
  script.begin({ 'hand-over': 'measures', 'trade-measures': 2, swing: 0.5 })
  script.run(0, 'record-bass')
  script.play(0, bass)
  script.run(loop - 1 / 2, 'record-chords')
  script.play(loop, chords)
  script.run(loop + 1 / 4, 'new-groove')
  script.set(2 * loop - 1 / 16, 'improvise', true)
  for (const [turn, line] of turns.entries()) script.play((2 + turn) * loop, line)
  return script.events()
}

/** A note as it is written here: where, what, how long, how hard. */
const played = (notes: readonly (readonly [Beats, MidiPitch, Beats, number])[]): Note[] =>
  notes.map(([beat, pitch, beats, velocity]) => ({ beat, pitch, beats, velocity }))

const bass = played([
  [0, 38, 0.7, 104],
  [1.5, 38, 0.2, 72],
  [1.75, 41, 0.2, 78],
  [2.5, 45, 0.45, 96],
  [3, 48, 0.45, 88],
  [3.5, 50, 0.4, 84],
  [4, 43, 0.7, 104],
  [5.5, 43, 0.2, 70],
  [5.75, 47, 0.2, 76],
  [6.5, 50, 0.45, 94],
  [7, 53, 0.3, 86],
  [7.5, 49, 0.4, 90],
])

const dMinor = [50, 57, 60, 65]
const gSeven = [55, 59, 62, 65]

const chords = played(
  [
    { beat: 0, keys: dMinor, beats: 1.2, velocity: 74 },
    { beat: 2.5, keys: dMinor, beats: 0.4, velocity: 62 },
    { beat: 4, keys: gSeven, beats: 1.2, velocity: 74 },
    { beat: 6.5, keys: gSeven, beats: 1.2, velocity: 66 },
  ].flatMap(({ beat, keys, beats, velocity }) => keys.map((key) => [beat, key, beats, velocity] as const)),
)

/** Call, response, call, response: in the responses the hand goes up and down, and the pitches are the machine's. */
const turns = [
  played([
    [0.5, 69, 0.4, 84],
    [1, 72, 0.4, 88],
    [1.5, 74, 0.4, 96],
    [2, 77, 0.9, 104],
    [3, 76, 0.4, 88],
    [3.5, 74, 0.4, 84],
    [4, 71, 0.4, 92],
    [4.5, 74, 0.4, 84],
    [5, 67, 1.2, 96],
  ]),
  played([
    [0.5, 67, 0.4, 84],
    [1, 69, 0.2, 88],
    [1.25, 71, 0.2, 80],
    [1.5, 72, 0.4, 96],
    [2.5, 74, 0.4, 92],
    [3, 72, 0.4, 84],
    [3.5, 71, 0.4, 84],
    [4, 67, 0.7, 100],
    [5, 69, 0.4, 84],
    [5.5, 67, 1.2, 92],
  ]),
  played([
    [0, 81, 0.4, 100],
    [0.5, 79, 0.4, 88],
    [1, 77, 0.4, 84],
    [1.5, 76, 0.4, 84],
    [2, 74, 0.4, 92],
    [2.5, 72, 0.4, 80],
    [3, 69, 0.9, 96],
    [4, 71, 0.4, 88],
    [4.5, 74, 0.4, 84],
    [5, 77, 0.4, 92],
    [5.5, 76, 1.2, 96],
  ]),
  played([
    [0, 72, 0.4, 96],
    [0.5, 74, 0.4, 84],
    [0.75, 76, 0.2, 80],
    [1, 77, 0.4, 92],
    [2, 76, 0.4, 88],
    [2.5, 74, 0.4, 84],
    [3, 72, 0.4, 84],
    [3.5, 71, 0.4, 80],
    [4, 69, 0.4, 92],
    [4.5, 71, 0.4, 84],
    [5, 72, 0.4, 88],
    [5.5, 74, 1.4, 100],
  ]),
]
