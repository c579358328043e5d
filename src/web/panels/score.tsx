import { useComputed } from '@preact/signals'
import renderAbc from 'abcjs/src/api/abc_tunebook_svg'
import { useEffect, useRef } from 'preact/hooks'
import { Block } from './fields.tsx'
import './score.css'
import { bandFigures } from './notation/band-figures.ts'
import type { Figure } from './notation/figure.ts'
import { exchangeFigures, loopFigure } from './notation/figures.ts'
import { valuesInLine } from './notation/to-abc.ts'
import type { PanelProps } from './panel.ts'
import { text } from './text.ts'

/** What was played, in notation: the last exchange, as the paper on hybrid improvisation shows it, the band and the loops. */
export function Score({ stage }: PanelProps) {
  const { session, lastExchange } = stage
  const values = valuesInLine[isNarrow(innerWidth) ? 'narrow' : 'wide']
  const exchange = useComputed(() => (lastExchange.value ? exchangeFigures(lastExchange.value, values) : null))
  // Most events don't change the loops: then nothing is drawn again.
  const material = useComputed(() => session.value.material)
  const transport = useComputed(() => session.value.transport)
  const grooves = useComputed(() => session.value.grooves)
  const loops = useComputed(() => {
    const latest = { material: material.value, transport: transport.value, grooves: grooves.value }
    return loopFigure({ ...session.peek(), ...latest }, text.score, values)
  })
  const bass = useComputed(() => session.value.band.plans.bass.measures)
  const chords = useComputed(() => session.value.band.plans.chords.measures)
  const band = useComputed(() => {
    const latest = { material: material.value, transport: transport.value, grooves: grooves.value }
    return bass.value.length + chords.value.length === 0
      ? []
      : bandFigures({ ...session.peek(), ...latest }, text.score, values)
  })
  const { score } = text
  return (
    <>
      <Block title={score.trade}>
        {exchange.value === null && <p class="quiet">{score.nothingTraded}</p>}
        <Staves name={score.call} figure={exchange.value?.call} />
        <Staves name={score.melody} figure={exchange.value?.melody} />
        <Staves name={score.pitches} figure={exchange.value?.pitches} />
        <Staves name={score.response} figure={exchange.value?.response} />
      </Block>
      <Block title={score.band}>
        {band.value.length === 0 && <p class="quiet">{score.nothingBand}</p>}
        {band.value.map((figure) => (
          <Staves key={figure.first} name={score.measures(figure.first, figure.last)} figure={figure} />
        ))}
      </Block>
      <Block title={score.loops}>
        {loops.value === null && <p class="quiet">{score.nothingLoops}</p>}
        <Staves name={score.loops} nameless figure={loops.value} />
      </Block>
    </>
  )
}

/** Whether so many pixels are those of a phone that is held upright: its lines are short, so that notes stay legible. */
const isNarrow = (width: number) => width < 480

/** The width of a staff in abcjs's units, for a panel so many pixels wide, to which the result is scaled. */
function staffWidth(width: number): number {
  return isNarrow(width) ? width : Math.min(880, 1.3 * width)
}

/** Drawing takes longer than a key may wait, so a change is drawn after this long without another one. */
const restMs = 250

/** Draws staves as wide as their place. What needs more room is drawn anew with it, and scaled down to its place. */
function draw(staves: HTMLElement, abc: string): void {
  const { box, reach } = engrave(staves, abc, staffWidth(staves.clientWidth))
  if (!box || reach <= box.width) return
  const wider = engrave(staves, abc, reach)
  if (wider.box) wider.box.width = Math.max(wider.box.width, wider.reach)
}

/** Draws staves. @returns the box that is shown, and how far they reach: the box leaves out the names before a line that is too long. */
function engrave(staves: HTMLElement, abc: string, staffwidth: number): { box?: DOMRect | undefined; reach: number } {
  renderAbc(staves, abc, {
    responsive: 'resize',
    staffwidth,
    foregroundColor: 'currentColor',
    paddingtop: 4,
    paddingbottom: 4,
    paddingleft: 0,
    paddingright: 0,
  })
  const svg = staves.querySelector('svg')
  return { box: svg?.viewBox.baseVal, reach: svg?.getBBox().width ?? 0 }
}

type StavesProps = {
  readonly name: string
  readonly figure: Figure | null | undefined
  /** Whether a heading above it has its name already. */
  readonly nameless?: boolean
}

/** Staves with a caption; nothing without a figure. */
function Staves({ name, figure, nameless = false }: StavesProps) {
  const place = useRef<HTMLDivElement>(null)
  const abc = figure?.abc
  useEffect(() => {
    const staves = place.current
    if (!staves || abc === undefined) return
    const timer = setTimeout(() => draw(staves, abc), staves.hasChildNodes() ? restMs : 0)
    return () => clearTimeout(timer)
  }, [abc])
  if (!figure) return null
  return (
    <figure class="staves">
      {!nameless && <figcaption>{name}</figcaption>}
      <div role="img" aria-label={text.score.spoken(name, figure.spoken)} ref={place} />
    </figure>
  )
}
