import { accentAt, type Beats, drums, measureBeats } from '../../music/index.ts'
import type { View } from './view.ts'

/** A note as it is drawn; its beat counts from the start of the view. */
export type DrawnNote = {
  readonly beat: Beats
  readonly beats: Beats
  /** A pitch, or the index of a drum. */
  readonly lane: number
  readonly velocity: number
  readonly ink: Ink
}

/** Who played a note; `plain` hides it, and `old` is of the previous pass. */
export type Ink = 'human' | 'machine' | 'record' | 'plain' | 'old'

/** Everything that is drawn. */
export type RollPicture = {
  readonly view: View
  readonly notes: readonly DrawnNote[]
  readonly isGrid: boolean
  /** What the lanes of a grid are called. */
  readonly names: readonly string[]
  /** Whether the track can be heard; if not, it is drawn pale. */
  readonly isHeard: boolean
  /** Notes that sound at this beat of the view are lit; null while the music is stopped. */
  readonly now: Beats | null
}

type Size = { readonly width: number; readonly height: number }

/** A roll shows at least an octave, so that lines of few pitches still have a shape. */
const leastLanes = 13

const padding = 6

/** Lanes that are lower than this many pixels have no room for names. */
const leastNamed = 10

/** Draws notes as bars in lanes, and drums as signs in a grid. */
export function drawRoll(pen: CanvasRenderingContext2D, size: Size, picture: RollPicture): void {
  const { view, notes, isGrid, isHeard, now } = picture
  pen.clearRect(0, 0, size.width, size.height)
  const perBeat = size.width / view.length
  drawLines(pen, size, view)
  const lanes = notes.map(({ lane }) => lane)
  const least = isGrid ? 0 : Math.min(...lanes)
  const count = isGrid ? drums.length : Math.max(leastLanes, Math.max(...lanes) - least + 1)
  const spare = isGrid ? 0 : (count - (Math.max(...lanes) - least + 1)) / 2
  const laneHeight = (size.height - 2 * padding) / count
  const middle = (lane: number) => size.height - padding - (lane - least + spare + 0.5) * laneHeight
  if (isGrid && notes.length > 0) drawCells(pen, view, perBeat, middle)
  for (const { beat, beats, lane, velocity, ink } of notes) {
    const isLit = now !== null && ink !== 'old' && isSounding({ beat, beats }, now)
    pen.fillStyle = isLit ? colours().lit[ink] : colours()[ink]
    pen.globalAlpha = (isHeard ? 1 : 0.3) * (ink === 'old' ? 0.35 : isLit ? 1 : 0.5 + velocity / 254)
    const x = beat * perBeat
    if (isGrid) {
      const radius = Math.min(laneHeight * 0.62, perBeat / 8, 8) * (0.6 + (0.4 * velocity) / 127)
      drawSign(pen, ink, x + perBeat / 8, middle(lane), Math.max(2, radius))
    } else {
      const tall = Math.max(5, Math.min(13, laneHeight * 0.9))
      drawBar(pen, ink, x + 1, middle(lane) - tall / 2, Math.max(tall, beats * perBeat - 2), tall)
    }
  }
  pen.globalAlpha = 1
  if (isGrid && notes.length > 0 && laneHeight >= leastNamed) drawNames(pen, picture.names, perBeat / 8 + 12, middle)
}

/** A note is lit for at least as long as this. */
const shortestLit: Beats = 1 / 6

/** Whether a note sounds at a beat. */
export function isSounding({ beat, beats }: { readonly beat: Beats; readonly beats: Beats }, now: Beats): boolean {
  return beat <= now && now < beat + Math.max(shortestLit, beats)
}

const strength = { downbeat: 0.22, pulse: 0.1, unit: 0.06, offbeat: 0 }

function drawLines(pen: CanvasRenderingContext2D, { width, height }: Size, { length, metre }: View): void {
  const unit = 4 / metre.denominator
  const measure = measureBeats(metre)
  pen.fillStyle = colours().text
  for (let count = 0; count * unit < length; count++) {
    const accent = accentAt(metre, (count % metre.numerator) * unit)
    if (accent !== 'downbeat' && (width * unit) / length < 7) continue
    pen.globalAlpha = strength[accent]
    pen.fillRect(Math.round(((count * unit) / measure) * (measure / length) * width), 0, 1, height)
  }
  pen.globalAlpha = 1
}

/** A point for each sixteenth of each drum, as on a step sequencer. */
function drawCells(
  pen: CanvasRenderingContext2D,
  { length }: View,
  perBeat: number,
  middle: (lane: number) => number,
): void {
  if (perBeat < 24) return
  pen.globalAlpha = 0.14
  for (const lane of drums.keys()) {
    for (let step = 0; step < length * 4; step++) {
      pen.fillRect(Math.round(((step + 0.5) * perBeat) / 4) - 1, Math.round(middle(lane)) - 1, 2, 2)
    }
  }
}

/** The names of the lanes, beside the strokes on beat one, to be read over other strokes, too. */
function drawNames(
  pen: CanvasRenderingContext2D,
  names: readonly string[],
  left: number,
  middle: (lane: number) => number,
): void {
  pen.fillStyle = colours().quiet
  pen.strokeStyle = colours().well
  pen.lineWidth = 3
  pen.lineJoin = 'round'
  pen.font = '10px system-ui, sans-serif'
  pen.textBaseline = 'middle'
  for (const [lane, name] of names.entries()) {
    pen.strokeText(name, left, middle(lane))
    pen.fillText(name, left, middle(lane))
  }
}

/** A human's bar has round ends, the machine's has pointed ones, and all others have straight ones. */
function drawBar(pen: CanvasRenderingContext2D, ink: Ink, x: number, y: number, wide: number, tall: number): void {
  const half = tall / 2
  pen.beginPath()
  if (ink === 'machine') {
    pen.moveTo(x, y + half)
    pen.lineTo(x + half, y)
    pen.lineTo(x + wide - half, y)
    pen.lineTo(x + wide, y + half)
    pen.lineTo(x + wide - half, y + tall)
    pen.lineTo(x + half, y + tall)
  } else pen.roundRect(x, y, wide, tall, ink === 'human' || ink === 'record' ? half : 1)
  pen.fill()
}

function drawSign(pen: CanvasRenderingContext2D, ink: Ink, x: number, y: number, radius: number): void {
  pen.beginPath()
  if (ink === 'machine') {
    pen.moveTo(x, y - radius * 1.25)
    pen.lineTo(x + radius * 1.25, y)
    pen.lineTo(x, y + radius * 1.25)
    pen.lineTo(x - radius * 1.25, y)
  } else pen.rect(x - radius, y - radius, 2 * radius, 2 * radius)
  pen.fill()
}

type Colours = Readonly<Record<Ink | 'text' | 'quiet' | 'well', string>> & {
  readonly lit: Readonly<Record<Ink, string>>
}

let known: Colours | null = null

/** The colours of the style sheet, and their lit variants. */
function colours(): Colours {
  if (known) return known
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const inks = {
    human: of('human'),
    machine: of('machine'),
    record: of('record'),
    plain: of('plain'),
    old: of('plain'),
  }
  const light = (ink: Ink) => `color-mix(in srgb, ${inks[ink]} 35%, white)`
  const lit = {
    human: light('human'),
    machine: light('machine'),
    record: light('record'),
    plain: 'white',
    old: inks.old,
  }
  known = { ...inks, text: of('text'), quiet: of('quiet'), well: of('well'), lit }
  return known
}
