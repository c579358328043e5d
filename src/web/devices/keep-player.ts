/** Keeps what a performer plays in the browser. It has a file of its own, since the page fetches it after the first screen. */
import { type Evening, maxPlayerBytes, type PlayedNote, readPlayer, writePlayer } from '../../improv/index.ts'
import { maxMidiBytes, measureMap, measureNumber, melodyPart, readMidi } from '../../io/midi-file/index.ts'
import { eveningOf, playedNotes } from '../../io/players/index.ts'
import { browserPlayers } from '../../io/players/web.ts'
import { ContentError } from '../../music/index.ts'
import { createPlayerRecorder } from '../../runtime/index.ts'
import { ownNotesOf, readPerformance } from '../../session/index.ts'
import { download } from './download.ts'

/**
 * Begins to keep what somebody plays.
 *
 * @param onTrouble called with a sentence while it can't be kept, and with null when it can be again.
 */
export function keepPlayer(name: string, onTrouble: (trouble: string | null) => void) {
  const store = browserPlayers()
  const recorder = createPlayerRecorder({
    store,
    name,
    newEvening: () => newEvening(new Date()),
    onTrouble: (error) => onTrouble(error === null ? null : troubleOf(error)),
  })
  return {
    recorder,
    names: store.names,
    /** Learns from files; a sentence where one can't be used. */
    async learn(files: readonly File[]): Promise<string | null> {
      for (const file of files) {
        const evenings = await eveningsOf(file)
        if (typeof evenings === 'string') return evenings
        await recorder.add(evenings)
      }
      return null
    },
    save(): null {
      download(`${recorder.player.name}.player.json`, 'application/json', writePlayer(recorder.player))
      return null
    },
  }
}

function troubleOf(error: unknown): string {
  return error instanceof RangeError || error instanceof ContentError
    ? error.message
    : 'The browser refuses to keep what you play: save it as a file, under You.'
}

const tooLarge = (name: string) => `${name} is too large: choose another file.`

/** What a player's file, a performance or a MIDI file holds; a sentence where it can't be used. */
async function eveningsOf(file: File): Promise<readonly Evening[] | string> {
  try {
    if (file.name.endsWith('.json')) {
      if (file.size > maxPlayerBytes) return tooLarge(file.name)
      return readPlayer(await file.text()).evenings
    }
    if (file.size > maxMidiBytes) return tooLarge(file.name)
    const bytes = new Uint8Array(await file.arrayBuffer())
    const notes = bytes[0] === 0x7b ? ownNotesOf(readPerformance(new TextDecoder().decode(bytes))) : midiNotes(bytes)
    if (notes.length === 0) return `${file.name} has no melody that its performer played: choose another recording.`
    return [eveningOf(notes, file.name, new Date(file.lastModified))]
  } catch (error) {
    if (error instanceof ContentError) return `${file.name} ${error.message}`
    return `${file.name}${error instanceof RangeError ? `: ${error.message}` : ' could not be read: choose another file.'}`
  }
}

function midiNotes(bytes: Uint8Array): readonly PlayedNote[] {
  const song = readMidi(bytes)
  const { metre } = measureNumber(measureMap(song.timeSignatures).map, 1)
  return playedNotes(melodyPart(song.parts)?.notes ?? [], metre, null)
}

function newEvening(now: Date): Pick<Evening, 'id' | 'day'> {
  return {
    id: `${now.toISOString()}-${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36)}`,
    day: now.toISOString().slice(0, 10),
  }
}
