import { type Metre, type MidiPitch, metreName, pitchName } from '../../music/index.ts'
import { type Light, lightsOf, soundingKeys } from '../../runtime/index.ts'
import { harmonyAt, loopTracks, outlook, positionAt, riskOf, type SessionState } from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'

/** What a performer without a page sees. */
export type Shown = {
  readonly state: SessionState
  /** The moment, on the session's clock. */
  readonly at: Seconds
  /** The last notice; null before the first. */
  readonly notice: string | null
}

/** How wide the view is, in letters. */
const width = 76

/** The host as lines of a terminal: whose turn it is, where the music is, the keys, what there is, and the last notice. */
export function linesOf({ state, at, notice }: Shown): string[] {
  const rule = '─'.repeat(width)
  return [
    aside(songOf(state), placeOf(state, at)),
    rule,
    ...turnOf(state, at),
    rule,
    ...keyboard(lightsOf(soundingKeys(state.keys), state.settings['guess-who'])),
    rule,
    materialOf(state),
    notice === null ? '' : `! ${notice}`,
  ]
}

/** The song that is open, and its section. */
function songOf({ songs }: SessionState): string {
  const song = songs.list[songs.song]
  return ['TRADEFOURS', song?.title, song?.sections[songs.section]?.name].filter(Boolean).join(' · ')
}

/** Where the music is: bar, beat, metre, tempo and chord. */
function placeOf(state: SessionState, at: Seconds): string {
  const { playing, measure, unit, metre, bpm, beat } = positionAt(state, at)
  const chord = harmonyAt(state, Math.max(0, beat)).chord?.symbol
  const where = playing ? `▶ ${measure > 0 ? `bar ${measure}` : 'count-in'} ${beats(metre, unit)}` : '■ stopped'
  return [where, metreName(metre), `${Math.round(10 * bpm) / 10} bpm`, ...(chord ? [chord] : [])].join('  ')
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
  guess: ['WHO PLAYS?', 'you or the machine: nobody tells'],
} as const

/** Whose turn it is, what to do, and how long it lasts. */
function turnOf(state: SessionState, at: Seconds): [string, string] {
  const { improvising, turn, heard, notes, secondsLeft, next } = outlook(state, at)
  const hides = state.settings['guess-who']
  const [who, what] = turns[improvising ? (hides ? 'guess' : turn) : 'off']
  const first = `${who.padEnd(12)}${what}`
  if (!improvising || hides) return [first, '']
  const answers = turn === 'response' && next.length > 0
  const counted = answers ? `${next.length} notes left` : `${heard} of ${notes} notes`
  const left = secondsLeft === null ? counted : `${secondsLeft.toFixed(1)} s left`
  if (answers) return [first, aside(`next: ${next.slice(0, 8).map(pitchName).join(' ')}`, left)]
  const cells = Math.min(notes, 32)
  const filled = Math.floor((cells * Math.min(notes, heard)) / notes)
  return [first, aside(`${'■'.repeat(filled)}${'·'.repeat(cells - filled)}`, left)]
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
  const row = (black: boolean) => keys.map((pitch) => (isBlack(pitch) === black ? mark(pitch, black ? '▀' : '_') : ' '))
  const names = keys.map((pitch) => (pitch % 12 === 0 ? pitchName(pitch).padEnd(12) : '')).join('')
  return [row(true).join(''), row(false).join(''), names.trimEnd()]
}

function isBlack(pitch: MidiPitch): boolean {
  return [1, 3, 6, 8, 10].includes(pitch % 12)
}

/** What goes round, what is being recorded, and which groove plays. */
function materialOf({ material, recording, settings, grooves }: SessionState): string {
  const loops = loopTracks.map((track) => {
    const take = recording.take?.track === track
    const armed = recording.armed?.track === track
    const loop = material.loops[track]
    return `${track}: ${take ? 'recording' : armed ? 'waits for a note' : loop ? barsOf(loop.measures) : '–'}`
  })
  const isFixed = settings['fixed-groove'] || material.grooves.length === 0
  const groove =
    material.loops.bass || material.drums
      ? isFixed
        ? 'fixed'
        : `${grooves.chosen + 1} of ${material.grooves.length}`
      : '–'
  return aside([...loops, `groove: ${groove}`].join('   '), `${riskOf(settings.temperature)} drums`)
}

function barsOf(count: number): string {
  return `${count} ${count === 1 ? 'bar' : 'bars'}`
}

/** One text left, one right. */
function aside(left: string, right: string): string {
  return `${left}${' '.repeat(Math.max(1, width - left.length - right.length))}${right}`
}
