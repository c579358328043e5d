import {
  type Beats,
  keySignature,
  type MidiPitch,
  measureBeats,
  mod,
  playedChord,
  rounding,
} from '../../music/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { announcement, type Transaction } from '../core/index.ts'
import { audible } from '../mixer/index.ts'
import { fitNotes, gridBeat, type Harmony, harmonyAt } from '../tracks/index.ts'
import { formAt, measureAt, measureStart } from '../transport/index.ts'
import { noLiveHarmony, type ZonesState } from './state.ts'

/** A key that is down, or that the pedal holds. */
export type HeldKey = { readonly pitch: MidiPitch; readonly pressed: Seconds; readonly released: boolean }

/** Keys that go down within this time belong together. */
const together: Seconds = 0.05

/**
 * Hears what the zones of bass and chords hold, after a key of theirs has gone down or come up. A chord is named when its
 * keys go down, over the bass that sounds; it goes on while they come up one by one, and while the bass walks under it. A
 * bass that is struck with the chord, and a key of another chord that comes up late, make it be named anew.
 *
 * @param moved the key that went down or came up, and whether it plays the chords.
 */
export function hearHarmony(
  tx: Transaction<ZonesState>,
  hold: { readonly chords: readonly HeldKey[]; readonly bass: readonly HeldKey[] },
  moved: HeldKey & { readonly down: boolean; readonly inChord: boolean },
): void {
  const { chord } = tx.state.liveHarmony
  const down = hold.chords.filter(({ released }) => !released)
  const newest = down.reduce((latest, { pressed }) => Math.max(latest, pressed), Number.NEGATIVE_INFINITY)
  const renames = moved.inChord
    ? moved.down || moved.pressed < newest - together
    : moved.down && tx.at - newest <= together
  const named = renames ? nameOf(tx, down, hold.bass) : null
  const before = tx.state.liveHarmony
  const now = { chord: named ?? chord, held: hold.chords.length > 0 }
  tx.update({ liveHarmony: now })
  if (before.chord?.symbol !== now.chord?.symbol || before.held !== now.held) tx.announce(handsChangeHarmony)
}

/** Hands begin to hold another chord, or let one go. */
export const handsChangeHarmony = announcement('hands change the harmony')

/** The chord that keys make over the bass that sounds; null where it has no name. */
function nameOf({ state, beat }: Transaction<ZonesState>, keys: readonly HeldKey[], bass: readonly HeldKey[]) {
  const pitches = keys.map(({ pitch }) => pitch)
  const low = lowest(bass.filter(({ released }) => !released)) ?? loopBass(state, beat)
  if (pitches.length < (low === null ? 3 : 2)) return null
  const { loops } = state.material
  const heard = [loops.bass, loops.chords].flatMap((loop) => loop?.notes.map(({ pitch }) => pitch) ?? [])
  return playedChord(pitches, { bass: low, key: keySignature([...heard, ...pitches]) })
}

function lowest(keys: readonly HeldKey[]): MidiPitch | null {
  return keys.length === 0 ? null : Math.min(...keys.map(({ pitch }) => pitch))
}

/** The note of the bass loop that sounds at a beat, or was the last in its measure. */
function loopBass(state: ZonesState, beat: Beats): MidiPitch | null {
  const { material, transport } = state
  const { bass } = material.loops
  if (!bass || !transport.playing || beat < bass.from || !audible(state, 'bass')) return null
  const form = formAt(transport, beat)
  const { measure: passed } = measureAt(transport.form, form.beat)
  const length = bass.measures * measureBeats(form.metre)
  const place = mod(beat - measureStart(form, bass.phase - passed), length)
  const start = place - mod(place, measureBeats(form.metre))
  const notes = fitNotes(bass, form.metre)
  const begun = notes.filter(({ beat: onset, beats }) => {
    const onGrid = gridBeat(onset)
    return onGrid <= place + early && (onGrid >= start || onset + beats > place)
  })
  return (
    begun.reduce<(typeof notes)[number] | null>((last, note) => (last && last.beat > note.beat ? last : note), null)
      ?.pitch ?? null
  )
}

/** How early a hand may be for the bass note that it plays with. */
const early: Beats = 1 / 8

/**
 * The harmony at this beat: the chord that hands hold, or else that of the chart or of the chords that were recorded. Where
 * there are none, the chord that hands held last goes on. The last chord of the music rings to its end.
 */
export function harmonyNow(
  state: Pick<ZonesState, 'transport' | 'material' | 'liveHarmony' | 'settings'>,
  beat: Beats,
): Harmony {
  const { ending } = state.transport
  const written = harmonyAt(state, ending ? Math.min(beat, ending.beat + rounding) : beat)
  const { chord, held } = state.liveHarmony
  const { chart, loops } = state.material
  if (!chord || state.settings.zones === 'off' || !(held || !(chart || loops.chords))) return written
  const { nextChord } = written
  return nextChord && nextChord.symbol !== chord.symbol
    ? { ...written, chord }
    : { chord, nextChord: null, beatsToNextChord: 0 }
}

/** Forgets the chord that hands held, unless they still hold it. */
export function letGoHarmony(tx: Transaction<ZonesState>): void {
  if (!tx.state.liveHarmony.held) forgetHarmony(tx)
}

/** Forgets the chord that hands held. */
export function forgetHarmony(tx: Transaction<ZonesState>): void {
  tx.update({ liveHarmony: noLiveHarmony })
}
