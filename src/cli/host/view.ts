import { isBlackKey, type Metre, type MidiPitch, metreName, pitchName } from '../../music/index.ts'
import { type Light, lightsOf, soundingKeys } from '../../runtime/index.ts'
import {
  harmonyNow,
  loopTracks,
  outlook,
  positionAt,
  riskOf,
  type SessionState,
  whatComes,
} from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'

/** What a performer without a page sees. */
export type Shown = {
  readonly state: SessionState
  /** The moment, on the session's clock. */
  readonly at: Seconds
  /** The last notice; null before the first. */
  readonly notice: string | null
}

/** How wide the whole view is, and how high, in letters. */
const whole = { columns: 76, rows: 12 } as const
const width = whole.columns

/** How many lines of a small terminal a notice may take. */
const noticeLines = 2

/**
 * The host as lines of a terminal: whose turn it is, where the music is, the keys, what there is, and the last notice. Of a
 * terminal that is too small for all of it, where the music is, whose turn it is and the last notice go before the rest.
 */
export function linesOf(shown: Shown, size: { readonly columns: number; readonly rows: number } = whole): string[] {
  return size.columns >= whole.columns && size.rows >= whole.rows ? wholeView(shown) : smallView(shown, size)
}

function smallView({ state, at, notice }: Shown, { columns, rows }: { columns: number; rows: number }): string[] {
  const { where, ...rest } = placeOf(state, at, columns)
  const [who, turn] = turnOf(state, at, columns)
  const noticed = notice === null ? [] : wrapped(`! ${notice}`, columns).slice(0, noticeLines)
  // What is worth least is left out first.
  const lines = [
    { worth: 1, line: songOf(state) },
    { worth: 7, line: where },
    { worth: 4, line: [rest.metre, rest.tempo, ...rest.chord].join('  ') },
    { worth: 6, line: who },
    { worth: 3, line: turn },
    { worth: 2.5, line: formOf(state, at) },
    { worth: 2, line: materialOf(state, columns) },
    ...noticed.map((line) => ({ worth: 5, line })),
  ].filter(({ line }) => line !== '')
  const worth = lines.map((each) => each.worth).sort((a, b) => b - a)
  const least = worth[rows - 1] ?? 0
  return lines
    .filter((each) => each.worth >= least)
    .slice(0, rows)
    .map(({ line }) => line.slice(0, columns))
}

function wholeView({ state, at, notice }: Shown): string[] {
  const rule = '─'.repeat(width)
  const { where, metre, tempo, chord } = placeOf(state, at, width)
  return [
    aside(songOf(state), [where, metre, tempo, ...chord].join('  '), width),
    rule,
    ...turnOf(state, at, width),
    rule,
    ...keyboard(lightsOf(soundingKeys(state.keys), state.settings['guess-who'])),
    rule,
    formOf(state, at),
    materialOf(state, width),
    notice === null ? '' : `! ${notice}`,
  ]
}

/** The song that is open, and its section. */
function songOf({ songs }: SessionState): string {
  const song = songs.list[songs.song]
  return ['TRADEFOURS', song?.title, song?.sections[songs.section]?.name].filter(Boolean).join(' · ')
}

/** Where the form is, and what comes next; empty without a chart, and while the music is stopped. */
function formOf(state: SessionState, at: Seconds): string {
  const now = whatComes(state, positionAt(state, at).beat)
  if (!now) return ''
  const { part, chorus, section, left, next } = now
  const where = [spoken(part), `chorus ${chorus}`, section].filter(Boolean).join(' · ')
  return next === null ? where : `${where} · ${barsOf(left)} → ${spoken(next)}`
}

function spoken(part: string): string {
  return part === 'head-out' ? 'head out' : part
}

/** A text in lines of at most `columns` letters, if its words are no longer. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`
    if (lines.length > 0 && longer.length <= columns) lines.pop()
    lines.push(longer.length <= columns ? longer : word)
  }
  return lines
}

/** Where the music is: bar and beat, metre, tempo and chord. */
function placeOf(state: SessionState, at: Seconds, columns: number) {
  const { playing, measure, unit, metre, bpm, beat } = positionAt(state, at)
  const chord = harmonyNow(state, Math.max(0, beat)).chord?.symbol
  const bar = `▶ ${measure > 0 ? `bar ${measure}` : 'count-in'} `
  const units = beats(metre, unit)
  const short = bar.length + units.length <= columns / 2 + 8 ? units : `${unit} of ${metre.numerator}`
  return {
    where: playing ? bar + short : '■ stopped',
    metre: metreName(metre),
    tempo: `${Math.round(10 * bpm) / 10} bpm`,
    chord: chord ? [chord] : [],
  }
}

/** The units of a measure, the one that it is filled: to be seen from the corner of an eye. */
function beats({ numerator }: Metre, unit: number): string {
  return Array.from({ length: numerator }, (_, index) => (index + 1 === unit ? '●' : '·')).join('')
}

const turns = {
  off: ['JUST YOU', 'improvise, and your phrases are answered'],
  call: ['YOUR CALL', 'play a phrase: it listens'],
  waiting: ['IT THINKS', 'your own notes sound until it answers'],
  response: ['ITS NOTES', 'play on: your rhythm, its notes'],
  guess: ['WHO PLAYS?', 'you or the machine: guess'],
} as const

/** Whose turn it is, what to do, and how long it lasts. */
function turnOf(state: SessionState, at: Seconds, columns: number): [string, string] {
  const { improvising, turn, heard, notes, secondsLeft, next } = outlook(state, at)
  const hides = state.settings['guess-who']
  const [who, what] = turns[improvising ? (hides ? 'guess' : turn) : 'off']
  const first = `${who.padEnd(12)}${what}`
  if (!improvising || hides) return [first, '']
  const answers = turn === 'response' && next.length > 0
  const counted = answers ? `${next.length} notes left` : `${heard} of ${notes} notes`
  const left = secondsLeft === null ? counted : `${secondsLeft.toFixed(1)} s left`
  if (answers) return [first, aside(`next: ${next.slice(0, 8).map(pitchName).join(' ')}`, left, columns)]
  const cells = Math.min(notes, 32, Math.max(1, columns - left.length - 1))
  const filled = Math.floor((cells * Math.min(notes, heard)) / notes)
  return [first, aside(`${'■'.repeat(filled)}${'·'.repeat(cells - filled)}`, left, columns)]
}

/** What each light looks like: by its shape, not by its colour alone. */
const marks: Readonly<Record<Light, string>> = { human: '●', machine: '◆', pressed: '○', guess: '?' }

/** From the lowest C that is drawn to the highest, a letter a semitone. */
const lowest: MidiPitch = 24
const highest: MidiPitch = lowest + width - 4

/** A keyboard, black keys above, and on it what sounds: ● the human's, ◆ the machine's, ○ the key that it answered. */
function keyboard(lights: ReadonlyMap<MidiPitch, Light>): [string, string, string] {
  const keys = Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index)
  const mark = (pitch: MidiPitch, unlit: string) => {
    const light = lights.get(pitch)
    return light ? marks[light] : unlit
  }
  const row = (black: boolean) =>
    keys.map((pitch) => (isBlackKey(pitch) === black ? mark(pitch, black ? '▀' : '_') : ' '))
  const names = keys.map((pitch) => (pitch % 12 === 0 ? pitchName(pitch).padEnd(12) : '')).join('')
  return [row(true).join(''), row(false).join(''), names.trimEnd()]
}

/** What goes round, what is being recorded, and which groove plays. */
function materialOf({ material, recording, settings, grooves }: SessionState, columns: number): string {
  const loops = loopTracks.map((track) => {
    const take = (recording.take ?? recording.free)?.track === track
    const armed = recording.armed?.track === track
    const loop = material.loops[track]
    const isBands = track !== 'lead' && settings[`source-${track}`] === 'band'
    const plays = isBands ? 'band' : loop ? barsOf(loop.measures) : '–'
    return `${track}: ${take ? 'recording' : armed ? 'waits for a note' : plays}`
  })
  const isFixed = settings['fixed-groove'] || material.grooves.length === 0
  const groove =
    material.loops.bass || material.drums
      ? isFixed
        ? 'fixed'
        : `${grooves.chosen + 1} of ${material.grooves.length}`
      : '–'
  const [all, risk] = [[...loops, `groove: ${groove}`].join('   '), `${riskOf(settings.temperature)} drums`]
  return all.length + risk.length < columns ? aside(all, risk, columns) : all
}

function barsOf(count: number): string {
  return `${count} ${count === 1 ? 'bar' : 'bars'}`
}

/** One text left, one right; what there is no room for is cut from the left one. */
function aside(left: string, right: string, columns: number): string {
  const short = left.slice(0, Math.max(0, columns - right.length - 1))
  return `${short}${' '.repeat(Math.max(0, columns - short.length - right.length))}${right}`.slice(0, columns)
}
