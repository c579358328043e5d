import { type Beats, type Metre, measureBeats, metreText, type Note } from '../../music/index.ts'
import { type Seconds, secondsAt, type Timeline, timeline } from '../../timing/index.ts'
import type { ActionName, SessionEvent, SessionInput, SettingId, Settings } from '../session.ts'

/** Everything that a performer does from the first tap to the last note. */
export type Flow = {
  readonly metre: Metre
  readonly bpm: number
  /** Measures in the loops. */
  readonly measures: number
  /** From the loop's start. */
  readonly bass: readonly Note[]
  /** Chords to record, from the loop's start, or a chart to type. */
  readonly chords: readonly Note[] | string | null
  /** From the start of the first measure that improvises. */
  readonly solo: readonly Note[]
  /** What is set before it begins. */
  readonly settings: Readonly<Partial<Settings>>
}

/**
 * The whole flow of ML-Jam as a script: the tempo is tapped, the bass is recorded over the click, a new groove is asked
 * for, chords are recorded or typed, and the solo calls and responds.
 */
export function flowScript({ metre, bpm, measures, bass, chords, solo, settings }: Flow): SessionEvent[] {
  const script = new Script(timeline(bpm))
  const loop = measures * measureBeats(metre)
  const taps = 4
  script.add(0, { type: 'metre', metre: metreText(metre) })
  script.begin({ measures, 'count-in': 0, ...settings })
  for (let beat = 0; beat < taps; beat++) script.run(beat, 'tap')
  // The tapping goes on in the mind: the music begins a beat after the last tap.
  const start = taps
  script.run(start, 'play')
  script.run(start, 'record-bass')
  const bassAt = start + measureBeats(metre)
  script.play(bassAt, bass)
  const chordsAt = bassAt + 2 * loop
  script.run(bassAt + loop + 1 / 4, 'new-groove')
  let soloAt = chordsAt
  if (typeof chords === 'string') script.add(chordsAt - 1 / 2, { type: 'chart', chart: chords })
  else if (chords) {
    script.run(chordsAt - 1, 'record-chords')
    script.play(chordsAt, chords)
    soloAt = chordsAt + loop
  }
  script.set(soloAt, 'improvise', true)
  script.play(soloAt, solo)
  const end = solo.reduce((most, { beat, beats }) => Math.max(most, beat + beats), 0)
  script.run(soloAt + Math.ceil(end / loop + 1 / 16) * loop, 'stop')
  return script.events()
}

/** Keys come up after they have gone down. */
const shortest: Beats = 1 / 64

/** Events at beats of a timeline, written in any order. */
export class Script {
  readonly #timeline: Timeline
  readonly #lines: { readonly beat: Beats; readonly event: SessionEvent }[] = []

  constructor(timeline: Timeline) {
    this.#timeline = timeline
  }

  add(beat: Beats, input: SessionInput): void {
    const at: Seconds = Math.max(0, secondsAt(this.#timeline, beat))
    this.#lines.push({ beat, event: { ...input, at } as SessionEvent })
  }

  run(beat: Beats, action: ActionName): void {
    this.add(beat, { type: 'run', action })
  }

  set<Id extends SettingId>(beat: Beats, setting: Id, value: Settings[Id]): void {
    this.add(beat, { type: 'set', setting, value } as SessionInput)
  }

  /** Sets what is to be set before anything else happens. */
  begin(settings: Readonly<Partial<Settings>>): void {
    for (const [id, value] of Object.entries(settings)) this.set(0, id as SettingId, value)
  }

  /** Follows the timeline's changes of tempo. */
  followTempo(): void {
    for (const { beat, bpm } of this.#timeline) this.set(beat, 'tempo', bpm)
  }

  /** Keys that go down and up again. */
  play(from: Beats, notes: readonly Note[]): void {
    for (const { pitch, velocity, beat, beats } of notes) {
      this.add(from + beat, { type: 'noteOn', pitch, velocity })
      this.add(from + beat + Math.max(shortest, beats), { type: 'noteOff', pitch })
    }
  }

  /** In order; what is at once is in the order in which it was written, but for keys, which come up before others go down. */
  events(): SessionEvent[] {
    const isUp = ({ type }: SessionEvent) => (type === 'noteOff' ? 0 : 1)
    return [...this.#lines]
      .sort((a, b) => a.event.at - b.event.at || isUp(a.event) - isUp(b.event))
      .map(({ event }) => event)
  }
}
