import { type Beats, type Metre, measureBeats, rounding } from '../../music/index.ts'
import { type DueNote, harmonyAt, harmonyNow, notesBetween, type SessionState, tracks } from '../../session/index.ts'

/** The part of the music that the rows show: a pass of the longest loop. */
export type View = {
  readonly start: Beats
  readonly length: Beats
  readonly metre: Metre
  readonly measures: number
}

/** The view at a beat; while somebody records, it is the take. */
export function viewAt({ transport, material, recording, settings }: SessionState, beat: Beats): View {
  const { form, playing } = transport
  const { take } = recording
  const { drums } = material
  const loops = [
    ...Object.values(material.loops),
    drums && { phase: drums.phase, measures: drums.groove.measures },
  ].filter((loop) => loop !== null)
  const longest = loops.reduce((most, loop) => (loop.measures > most.measures ? loop : most), loops[0] ?? nothing)
  const measures = Math.max(longest.measures, take?.measures ?? 0) || settings.measures
  const measure = measureBeats(form.metre)
  const length = measures * measure
  const base = take?.start ?? form.beat + longest.phase * measure
  // The count-in shows what comes after it.
  const at = playing ? Math.max(beat, form.beat) : base
  return { start: base + Math.floor((at - base) / length + rounding) * length, length, metre: form.metre, measures }
}

const nothing = { phase: 0, measures: 0 }

/** No track is muted or soloed. */
const allHeard = Object.fromEntries(
  tracks.flatMap((track) => [`mute-${track}`, `solo-${track}`].map((id) => [id, false])),
)

/** How early a note may be for its view. */
const early: Beats = 1 / 8

/** The notes of a view on all tracks, muted or not; while the music is stopped, those that would sound. */
export function notesIn(state: SessionState, { start, length }: View): readonly DueNote[] {
  const { material, transport } = state
  const shown = { ...state, settings: { ...state.settings, ...allHeard }, transport: { ...transport, playing: true } }
  // A loop that has just been recorded starts with its next pass, so that pass is shown.
  const from = Math.max(start, ...[...Object.values(material.loops), material.drums].map((loop) => loop?.from ?? start))
  const later = Math.ceil((from - start) / length - rounding) * length
  return notesBetween(shown, start + later - early, start + later + length - early).map((note) => ({
    ...note,
    beat: note.beat - later,
  }))
}

/** A chord name and its beat, from the start of a view. */
export type PlacedChord = { readonly beat: Beats; readonly symbol: string }

/** Chords are looked for at twelfths of a beat, which has halves and thirds of measures. */
const chordSteps = 12

/** The chords of a view, each where it starts. */
export function chordsIn(state: SessionState, { start, length }: View): readonly PlacedChord[] {
  const chords: PlacedChord[] = []
  let last: string | null = null
  for (let step = 0; step < length * chordSteps; step++) {
    const beat = step / chordSteps
    const symbol = harmonyAt(state, start + beat + rounding).chord?.symbol ?? null
    if (symbol !== null && symbol !== last) chords.push({ beat, symbol: engraved(symbol) })
    last = symbol
  }
  return chords
}

/** The name of the chord that sounds, or of the next one; in the count-in, of the first. */
export function chordName(state: SessionState, beat: Beats, which: 'chord' | 'nextChord'): string | null {
  const symbol = harmonyNow(state, Math.max(beat, state.transport.form.beat))[which]?.symbol
  return symbol ? engraved(symbol) : null
}

/**
 * A chord's name with real flat and sharp signs.
 *
 * @example engraved('Bbm7b5') // => 'B♭m7♭5'
 */
export function engraved(symbol: string): string {
  return symbol.replace(/(?<=[A-G])b|b(?=\d)/g, '♭').replaceAll('#', '♯')
}
