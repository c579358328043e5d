import { useComputed } from '@preact/signals'
import renderAbc from 'abcjs/src/api/abc_tunebook_svg'
import { useEffect, useRef } from 'preact/hooks'
import { Block } from './fields.tsx'
import './score.css'
import { type Figure, loopFigure, tradeFigures } from './notation/figures.ts'
import type { PanelProps } from './panel-list.ts'
import { text } from './text.ts'

/** What was played, to be read: the trade as the paper on hybrid improvisation shows it, and what goes round. */
export function Score({ stage }: PanelProps) {
  const { session, lastTrade } = stage
  const trade = useComputed(() => (lastTrade.value ? tradeFigures(lastTrade.value) : null))
  // Most of what happens in a session leaves the loops as they are: then nothing is written anew.
  const material = useComputed(() => session.value.material)
  const transport = useComputed(() => session.value.transport)
  const grooves = useComputed(() => session.value.grooves)
  const loops = useComputed(() => {
    const latest = { material: material.value, transport: transport.value, grooves: grooves.value }
    return loopFigure({ ...session.peek(), ...latest }, text.score)
  })
  const { score } = text
  return (
    <>
      <Block title={score.trade}>
        {trade.value === null && <p class="quiet">{score.nothingTraded}</p>}
        <Staves name={score.call} figure={trade.value?.call} />
        <Staves name={score.melody} figure={trade.value?.melody} />
        <Staves name={score.pitches} figure={trade.value?.pitches} />
        <Staves name={score.response} figure={trade.value?.response} />
      </Block>
      <Block title={score.loops}>
        {loops.value === null && <p class="quiet">{score.nothingLoops}</p>}
        <Staves name={score.loops} nameless figure={loops.value} />
      </Block>
    </>
  )
}

/** As wide as the page, in abcjs's units: everything is scaled to the room that there is. */
const staffWidth = 880

/** Drawing takes longer than a key may wait: what changes while somebody plays is drawn when the hands rest this long. */
const restMs = 250

function draw(staves: HTMLElement, abc: string): void {
  renderAbc(staves, abc, {
    responsive: 'resize',
    staffwidth: staffWidth,
    foregroundColor: 'currentColor',
    paddingtop: 4,
    paddingbottom: 4,
    paddingleft: 0,
    paddingright: 0,
  })
}

type StavesProps = {
  readonly name: string
  readonly figure: Figure | null | undefined
  /** Its name stands over it already. */
  readonly nameless?: boolean
}

/** Staves with their caption; nothing where there is nothing to be read. */
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
