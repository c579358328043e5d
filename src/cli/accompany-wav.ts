import type { BandStyle } from '../band/index.ts'
import { type Rendering, renderNotes, type TimedNote } from '../devices/audio/index.ts'
import { strokeNote } from '../groove/index.ts'
import type { Note } from '../music/index.ts'
import type { DueNote } from '../session/index.ts'
import { secondsAt, type Timeline } from '../timing/index.ts'
import type { Accompaniment } from './accompany.ts'
import { writeWav } from './write-wav.ts'

/** Writes what a band plays, and the solo that it hears, as sound: in stereo at 48 kHz and 16 bits. */
export async function writeAccompaniment(output: string, ...music: Parameters<typeof timedNotes>): Promise<void> {
  await writeWav(output, (...audio): Rendering => renderNotes(timedNotes(...music), ...audio))
}

/** What a band plays, and the solo that it hears, in the sounds of its style and in order of time. */
export function timedNotes(
  { bass, comp, drums }: Accompaniment,
  solo: readonly Note[],
  { programs }: Pick<BandStyle, 'programs'>,
  tempi: Timeline,
): TimedNote[] {
  const parts: readonly DueNote[] = [
    ...bass.map((note) => ({ ...note, track: 'bass' as const, gain: 1 })),
    ...comp.map((note) => ({ ...note, track: 'chords' as const, gain: 1 })),
    ...drums.map((hit) => ({ ...strokeNote(hit), track: 'drums' as const, gain: 1, drum: hit.drum })),
    ...solo.map((note) => ({ ...note, track: 'lead' as const, gain: 1 })),
  ]
  return parts
    .map((note): TimedNote => {
      const at = secondsAt(tempi, Math.max(0, note.beat))
      const program = note.track === 'bass' ? programs.bass : note.track === 'chords' ? programs.chords : undefined
      return {
        note,
        at,
        seconds: secondsAt(tempi, note.beat + note.beats) - at,
        ...(program !== undefined && { program }),
      }
    })
    .sort((one, other) => one.at - other.at)
}
