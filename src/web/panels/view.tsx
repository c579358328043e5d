import { useComputed } from '@preact/signals'
import { Units, usePlaceText } from '../parts/beat-display.tsx'
import { formLine } from '../parts/form-line.ts'
import { shade, useTurn, Who } from '../parts/turn-card.tsx'
import { useFramed } from '../parts/use-frames.ts'
import type { PanelProps } from './panel.ts'
import './view.css'

/** Whose turn it is, the chord and the bar, to be read from three metres. */
export function View({ stage }: PanelProps) {
  const turn = useTurn(stage)
  const { unit, bar, isCountIn, chord, next, title, section } = usePlaceText(stage)
  const form = useFramed(() => formLine(stage.session.peek(), stage.position().beat))
  const metre = useComputed(() => stage.session.value.transport.form.metre)
  return (
    <div class="far turn" data-turn={shade(turn.value)} data-count-in={isCountIn.value}>
      <Who turn={turn.value} />
      <p class="where">
        <span>{title.value}</span>
        <strong>{form.value ?? section.value}</strong>
        <span>{bar.value}</span>
      </p>
      <p class="chord">{chord.value ?? '–'}</p>
      <p class="next">{next.value}</p>
      <Units now={unit.value} metre={metre.value} />
    </div>
  )
}
