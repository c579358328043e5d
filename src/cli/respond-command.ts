import { Command, Option } from 'commander'
import { lineSurprise, notesOf, type Player } from '../improv/index.ts'
import { melodyPart, writeMidi } from '../io/midi-file/index.ts'
import {
  type Beats,
  type Metre,
  type MidiPitch,
  measureBeats,
  metreText,
  type Note,
  parseChart,
  pitchName,
  rounding,
} from '../music/index.ts'
import { noticeText, type Question, rehearse, Script } from '../session/index.ts'
import { type Timeline, tempoAt, tempoMap } from '../timing/index.ts'
import { readMidiFile, writeWholeFile } from './files.ts'
import { handNotes } from './hand-notes.ts'
import { InputError, sentence } from './input-error.ts'
import { type Band, band } from './models.ts'
import { usable } from './models-command.ts'
import { decimal, jsonOption, seedOption } from './options.ts'
import { pocketAlone, readKnownPlayer } from './player-command.ts'
import { songMetre } from './song-metre.ts'

type Options = {
  output?: string
  mode: 'classic' | 'live'
  player?: string
  pocket?: number
  chords?: string
  temperature?: number
  harmony: number
  contour: number
  model?: string
  seed: number
  json?: boolean
}

/** `tradefours respond`: a call and a rhythm in, the rhythm with a model's pitches out. */
export function respondCommand(): Command {
  return new Command('respond')
    .summary('answer a call with the rhythm of another phrase')
    .description(
      `Hybrid improvisation: hears a call, then plays another phrase with the phrase's own rhythm (timing,
velocities and lengths) and a model's pitches. In classic mode a melody model answers the whole call, in
its key and over the chords, and each key of the rhythm sounds its next pitch. In live mode a model
chooses each pitch at the key press, over the chord of that beat. Both files are played through the same code as a performer's keys.`,
    )
    .argument('<call.mid>', 'a Standard MIDI File whose highest melodic line is the call')
    .argument('<rhythm.mid>', 'a Standard MIDI File with the phrase whose rhythm is played')
    .option('-o, --output <out.mid>', 'write call and response to this MIDI file')
    .addOption(new Option('--mode <mode>', 'how pitches are chosen').choices(['classic', 'live']).default('classic'))
    .option('--chords <chart>', 'the chords, from the start of both files, such as "Dm7 | G7"')
    .option('--temperature <number>', 'how wild the pitches are (default: what suits the model)', decimal(0.01, 5))
    .option(
      '--harmony <amount>',
      'in live mode: from 0, the model alone decides, to 1, only tones of the chord and its scale',
      decimal(0, 1),
      0,
    )
    .option(
      '--contour <amount>',
      'in live mode: from 0, the model alone decides, to 1, always up and down with the hand',
      decimal(0, 1),
      0,
    )
    .option('--player <player.json>', 'the memory of a performer, whose ways the answer goes by')
    .option(
      '--pocket <amount>',
      'with --player: from -1, as the performer plays, over 0, natural, to 1, strange to them',
      decimal(-1, 1),
    )
    .option(
      '--model <model>',
      'a model: a name, a Magenta.js folder or its address, or a .mag file (default: melody, or solo in live mode)',
    )
    .addOption(seedOption())
    .addOption(jsonOption('lines'))
    .addHelpText(
      'after',
      `
If the rhythm begins before the call is over, it is played later, by the length of the chart or of a measure, as often
as needed. Metre and tempo come from the files.

JSON: {mode, call: [note], modelMelody: [note] | null, pitches: [pitch],
       response: [{pitch, playedPitch, velocity, beat, beats}]}
A note is {pitch, velocity, beat, beats}. The beats of the response are those of the rhythm's file.

Examples:
  tradefours respond call.mid rhythm.mid
  tradefours respond call.mid rhythm.mid --mode live --player anna.player.json --pocket 0.5
  tradefours respond call.mid rhythm.mid --mode live --chords "Dm7 | G7 | Cmaj7 | %" --harmony 0.5 --json`,
    )
    .action(run)
}

async function run(callPath: string, rhythmPath: string, options: Options): Promise<void> {
  const { mode, model, seed } = options
  const player = await playerOf(options)
  const part = mode === 'live' ? 'solo' : 'melody'
  const [call, rhythm] = [await phrase(callPath), await phrase(rhythmPath)]
  const shift = shiftOf(call, rhythm, options.chords)
  const players = await band({ [part]: model ?? part })
  for (const notice of players.notices) process.stderr.write(`${notice}\n`)
  if (player) players.soloist?.learn(notesOf(player))
  const wildness = options.temperature ?? players.temperatures[part]
  let modelMelody: readonly Note[] | null = null
  const { effects } = rehearse(scriptOf(call, rhythm, shift, { ...options, wildness }), {
    soloist: players.soloist,
    seed,
    answer(ask) {
      if (ask.job !== 'melody') return null
      const answer = usable(() => melodyFor(players, ask.question, player, options.pocket ?? 0))
      modelMelody = answer.melody
      return { answer }
    },
  })
  for (const effect of effects) {
    if (effect.type === 'notify') process.stderr.write(`${noticeText(effect.notice, effect.detail)}\n`)
  }
  const sounds = effects.filter((effect) => effect.type === 'sound').slice(call.notes.length)
  const response = rhythm.notes.map((note, index): Answered => {
    const { pitch, by } = sounds[index] as (typeof sounds)[number]
    return { note: { ...note, pitch }, playedPitch: note.pitch, by }
  })
  if (options.output !== undefined) await writeWholeFile(options.output, responseMidi(call, rhythm, shift, response))
  process.stdout.write(
    options.json ? `${JSON.stringify(toJson(mode, call, modelMelody, response))}\n` : describe(call, response),
  )
  if (options.output !== undefined && !options.json) process.stdout.write(`\nWritten to ${options.output}\n`)
}

/** The performer whose ways the answer goes by; null where nobody is named. */
async function playerOf({ player, pocket }: Options): Promise<Player | null> {
  if (player === undefined) {
    if (pocket) throw new InputError(pocketAlone)
    return null
  }
  return readKnownPlayer(player)
}

/** How many answers of a melody model are compared where a performer is known. */
const candidates = 9

/**
 * A melody model's answer to a call. Where a performer is known, of several answers the one that surprises their memory as
 * much as the pocket asks for: at −1 the one that surprises least, at 0 the one in the middle, at 1 the one that does most.
 */
function melodyFor({ melody }: Band, question: Question<'melody'>, player: Player | null, pocket: number) {
  if (!player) return melody(question)
  const known = notesOf(player)
  const answers = Array.from({ length: candidates }, (_, index) => {
    const answer = melody({ ...question, seed: question.seed + index })
    const line = [...question.call, ...answer.melody].map(({ pitch }) => pitch)
    return { answer, nats: lineSurprise(known, line) }
  }).sort((a, b) => a.nats - b.nats)
  const chosen = answers[Math.round(((pocket + 1) / 2) * (candidates - 1))] as (typeof answers)[number]
  return chosen.answer
}

/** A melodic line from a file. */
type Phrase = { readonly notes: readonly Note[]; readonly metre: Metre; readonly timeline: Timeline }

/** A note of the response, the key that was pressed, and who chose its pitch. */
type Answered = { readonly note: Note; readonly playedPitch: MidiPitch; readonly by: 'human' | 'machine' }

async function phrase(path: string): Promise<Phrase> {
  const song = await readMidiFile(path)
  const notes = handNotes(melodyPart(song.parts), path, 'melody')
  return { notes, metre: songMetre(song, path), timeline: song.timeline }
}

/** How much later than in its file the rhythm is played, so that it comes after the call and over the same chords. */
function shiftOf(call: Phrase, rhythm: Phrase, chords: string | undefined): Beats {
  const measures = chords === undefined ? 1 : sentence('--chords', () => parseChart(chords)).length
  const length = measures * measureBeats(call.metre)
  const end = Math.max(...call.notes.map(({ beat, beats }) => beat + beats))
  // A call that ends as the rhythm begins may seem to end later: its fractions of a beat are rounded.
  return Math.max(0, Math.ceil((end - startOf(rhythm)) / length - rounding)) * length
}

function startOf({ notes }: Phrase): Beats {
  return notes[0]?.beat ?? 0
}

/** What a performer does who plays both. */
function scriptOf(
  call: Phrase,
  rhythm: Phrase,
  shift: Beats,
  { mode, chords, harmony, contour, pocket = 0, wildness }: Options & { readonly wildness: number },
) {
  const turn = shift + startOf(rhythm)
  const script = new Script(joined(call.timeline, rhythm.timeline, turn, shift))
  script.add(0, { type: 'metre', metre: metreText(call.metre) })
  const notes = Math.min(64, rhythm.notes.length)
  script.begin({
    'count-in': 0,
    live: mode === 'live',
    'hand-over': 'pedal',
    notes,
    harmony,
    contour,
    pocket,
    wildness,
  })
  script.begin({ lowest: 0, highest: 127, improvise: true })
  if (chords !== undefined) script.add(0, { type: 'chart', chart: chords })
  script.run(0, 'play')
  script.followTempo()
  script.play(0, call.notes)
  script.run(turn, 'hand-over-now')
  script.play(shift, rhythm.notes)
  return script.events()
}

/** The tempi of the call up to the rhythm, and from there on the rhythm's own. */
function joined(call: Timeline, rhythm: Timeline, turn: Beats, shift: Beats): Timeline {
  const before = call.filter(({ beat }) => beat < turn)
  const after = rhythm.map(({ beat, bpm }) => ({ beat: beat + shift, bpm })).filter(({ beat }) => beat > turn)
  return tempoMap(call[0].bpm, [...before, { beat: turn, bpm: tempoAt(rhythm, turn - shift) }, ...after])
}

function toJson(
  mode: 'classic' | 'live',
  call: Phrase,
  modelMelody: readonly Note[] | null,
  response: readonly Answered[],
) {
  return {
    mode,
    call: call.notes,
    modelMelody,
    pitches: response.flatMap(({ note, by }) => (by === 'machine' ? [note.pitch] : [])),
    response: response.map(({ note: { pitch, velocity, beat, beats }, playedPitch }) => ({
      pitch,
      playedPitch,
      velocity,
      beat,
      beats,
    })),
  }
}

function describe(call: Phrase, response: readonly Answered[]): string {
  const line = (label: string, pitches: readonly MidiPitch[]) => `${label}  ${pitches.map(pitchName).join(' ')}`
  const own = response.filter(({ by }) => by === 'human').length
  return `${[
    line(
      'call    ',
      call.notes.map(({ pitch }) => pitch),
    ),
    line(
      'played  ',
      response.map(({ playedPitch }) => playedPitch),
    ),
    line(
      'response',
      response.map(({ note }) => note.pitch),
    ),
    ...(own > 0 ? [`${own} of ${response.length} notes are the performer's own: the model had no more pitches.`] : []),
  ].join('\n')}\n`
}

function responseMidi(call: Phrase, rhythm: Phrase, shift: Beats, response: readonly Answered[]): Uint8Array {
  const answer = response.map(({ note }) => ({ ...note, beat: note.beat + shift }))
  const length = Math.max(...answer.map(({ beat, beats }) => beat + beats))
  const measure = measureBeats(call.metre)
  return writeMidi({
    metre: call.metre,
    timeline: joined(call.timeline, rhythm.timeline, shift + startOf(rhythm), shift),
    length: Math.ceil(length / measure) * measure,
    tracks: [
      { name: 'Call', channel: 1, notes: call.notes },
      { name: 'Response', channel: 2, notes: answer },
    ],
  })
}
