import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import {
  type Evening,
  maxPlayerBytes,
  newPlayer,
  notesOf,
  type PlayedNote,
  type Player,
  portraitOf,
  portraitWords,
  readPlayer,
  withEvening,
  writePlayer,
} from '../improv/index.ts'
import { melodyPart } from '../io/midi-file/index.ts'
import { eveningOf, playedNotes } from '../io/players/index.ts'
import { readFileStart } from '../io/read-file-start.ts'
import { parseChart } from '../music/index.ts'
import { ownNotesOf } from '../session/index.ts'
import { readMidiFile, readText, writeWholeFile } from './files.ts'
import { handNotes } from './hand-notes.ts'
import { InputError, named, sentence } from './input-error.ts'
import { jsonOption, seedOption } from './options.ts'
import { readPerformanceFile } from './performance-file.ts'
import { songMetre } from './song-metre.ts'

/** `tradefours player`: the memory of a performer. */
export function playerCommand(): Command {
  return new Command('player')
    .summary('keep what a performer plays, and show what is known of them')
    .description(
      `A performer's memory: counts of pitches, degrees, rhythms and touch that the soloist goes by. It is a file,
*.player.json, and never leaves this machine.`,
    )
    .addCommand(learnCommand())
    .addCommand(showCommand())
}

function learnCommand(): Command {
  return new Command('learn')
    .summary('learn how somebody plays from files')
    .description(
      `Learns how somebody plays: from MIDI files, whose highest melodic line is theirs, and from recorded performances,
in which only the pitches of their own count. What the player's file holds already stays; a file that is learnt
again is not counted twice. The oldest notes are forgotten when there are too many.`,
    )
    .argument('<file...>', 'MIDI files and recorded performances')
    .requiredOption('-o, --output <player.json>', "the player's file, which may exist already")
    .option('--name <name>', "the performer's name (default: the file's)", performerName)
    .option('--chords <chart>', 'the chords of the MIDI files, from their start and again and again')
    .addOption(jsonOption('lines'))
    .addHelpText(
      'after',
      `
JSON: {player, name, learnt: [{file, notes}], notes, evenings}

Example:
  tradefours player learn solo.mid evening.tradefours -o anna.player.json`,
    )
    .action(learn)
}

function showCommand(): Command {
  return new Command('show')
    .summary('show what is known of somebody, in words and figures')
    .description(
      `Shows what a player's file says of how somebody plays: range, intervals, degrees over each kind of chord, rhythms,
phrases and touch.`,
    )
    .argument('<player.json>', "a player's file")
    .addOption(jsonOption('sentences'))
    .addOption(seedOption().hideHelp())
    .addHelpText(
      'after',
      `
JSON: {name, evenings, notes, phrases, range: {lowest, highest, low, high, middle} | null,
       intervals: [{semitones, share}], leaps, repeated, degrees: {kind: {notes, shares}},
       rhythms: [{beats, share}], density: {notesPerPhrase, beatsPerPhrase, notesPerBeat, restBeats},
       phraseBegins: {offBeat}, phraseEnds: {offBeat, falling, lastNoteBeats, degrees}, touch: {mean, deviation}}
Shares are from 0 to 1; those of degrees are of the twelve semitones above the root.

Example:
  tradefours player show anna.player.json`,
    )
    .action(show)
}

async function show(path: string, { json }: { json?: boolean }): Promise<void> {
  const portrait = portraitOf(await readPlayerFile(path))
  process.stdout.write(json ? `${JSON.stringify(portrait)}\n` : `${portraitWords(portrait).join('\n')}\n`)
}

type LearnOptions = { output: string; name?: string; chords?: string; json?: boolean }

async function learn(files: readonly string[], { output, name, chords, json }: LearnOptions): Promise<void> {
  const exists = await stat(output).then(
    (found) => found.isFile() && found.size > 0,
    () => false,
  )
  let player: Player = exists ? await readPlayerFile(output) : newPlayer(nameOf(output))
  if (name !== undefined) player = { ...player, name }
  const learnt: { file: string; notes: number }[] = []
  for (const file of files) {
    const evening = await eveningIn(file, chords)
    player = withEvening(player, evening)
    learnt.push({ file, notes: evening.notes.length })
  }
  await writeWholeFile(output, new TextEncoder().encode(writePlayer(player)))
  const notes = notesOf(player).length
  const evenings = player.evenings.length
  process.stdout.write(
    json
      ? `${JSON.stringify({ player: output, name: player.name, learnt, notes, evenings })}\n`
      : `${learnt.map(({ file, notes }) => `${file}: ${notes} notes`).join('\n')}\n\n${output} knows ${notes} notes of ${player.name}.\n`,
  )
}

/** A name of at most a hundred letters. */
function performerName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Use a name that can be read.')
  return text.slice(0, 100)
}

function nameOf(path: string): string {
  return basename(path)
    .replace(/(\.player)?\.json$/i, '')
    .slice(0, 100)
}

/**
 * Reads a player's file.
 *
 * @throws InputError with a sentence that names the file and what to do.
 */
async function readPlayerFile(path: string): Promise<Player> {
  const text = await readText(path, maxPlayerBytes)
  return named(path, () => readPlayer(text))
}

/** Why a pocket dial does nothing by itself. */
export const pocketAlone = '--pocket needs --player: it says how far the answer is to be from how they play.'

/** What is known of the performer of a player's file. @throws InputError also where that is nothing. */
export async function readKnownPlayer(path: string): Promise<Player> {
  const player = await readPlayerFile(path)
  if (notesOf(player).length > 0) return player
  throw new InputError(`${path} knows no notes yet: let it learn from recordings with tradefours player learn.`)
}

/** What a file holds, as an evening. */
async function eveningIn(path: string, chords: string | undefined): Promise<Evening> {
  const isMidi = !(await isJson(path))
  const notes = isMidi ? await notesOfMidi(path, chords) : ownNotesOf(await readPerformanceFile(path))
  if (notes.length === 0) {
    throw new InputError(`${path} has no melody that its performer played: choose another recording.`)
  }
  const { mtime } = await stat(path)
  return eveningOf(notes, basename(path), mtime)
}

/** Whether a file begins as a performance does. A pipe is read once only, so it has to be a MIDI file. */
async function isJson(path: string): Promise<boolean> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  return isFile && (await readFileStart(path, 1).catch(() => [])).at(0) === '{'.charCodeAt(0)
}

async function notesOfMidi(path: string, chords: string | undefined): Promise<PlayedNote[]> {
  const song = await readMidiFile(path)
  const metre = songMetre(song, path)
  const chart = chords === undefined ? null : sentence('--chords', () => parseChart(chords))
  return playedNotes(handNotes(melodyPart(song.parts), path, 'melody'), metre, chart)
}
