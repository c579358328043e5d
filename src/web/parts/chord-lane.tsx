import { useSignal } from '@preact/signals'
import { type Beats, measureBeats } from '../../music/index.ts'
import { ActionButton, useStage } from '../controls.tsx'
import { text } from '../text.ts'
import { ChartButton } from './chart-place.tsx'
import { Icon } from './icon.tsx'
import { useChanged, useFrames } from './use-frames.ts'
import { chordsIn, type PlacedChord, type View, viewAt } from './view.ts'

type Lane = { readonly view: View; readonly chords: readonly PlacedChord[] }

/** The chord names, each where it starts, with the bar numbers. */
export function ChordLane() {
  const stage = useStage()
  const lane = useSignal<Lane | null>(null)
  const now = useSignal(-1)
  const hasChanged = useChanged()
  useFrames(() => {
    const state = stage.session.peek()
    const { beat, playing } = stage.position()
    const view = viewAt(state, beat)
    const { material, transport } = state
    if (hasChanged(material, transport.form, transport.next, view.start, view.length)) {
      lane.value = { view, chords: chordsIn(state, view) }
    }
    now.value = playing ? (lane.value?.chords.findLastIndex((chord) => chord.beat <= beat - view.start) ?? -1) : -1
  })
  return (
    <div class="lane">
      <div class="steps-back">
        <ActionButton id="undo" class="plain">
          <Icon name="undo" />
        </ActionButton>
        <ActionButton id="redo" class="plain">
          <Icon name="redo" />
        </ActionButton>
        <ChartButton />
        <ActionButton id="clear-all" class="plain">
          {text.row.clearAll}
        </ActionButton>
      </div>
      {lane.value && <Names {...lane.value} now={now.value} />}
    </div>
  )
}

/** The width of a letter, as a share of its height. */
const letterWidth = 0.66

function Names({ view, chords, now }: Lane & { readonly now: number }) {
  const share = (beats: Beats) => (100 * beats) / view.length
  return (
    <ol class="chord-names">
      {Array.from({ length: view.measures }, (_, bar) => (
        <li class="bar-line" key={bar} aria-hidden="true" style={{ left: `${share(bar * measureBeats(view.metre))}%` }}>
          {bar + 1}
        </li>
      ))}
      {chords.map(({ beat, symbol }, index) => {
        const wide = share((chords[index + 1]?.beat ?? view.length) - beat)
        const fitting = `${(wide / (letterWidth * (symbol.length + 1))).toFixed(2)}cqw`
        return (
          <li
            class="chord-name"
            key={beat}
            data-now={index === now}
            style={{ left: `${share(beat)}%`, width: `${wide}%`, '--fitting': fitting }}
          >
            {symbol}
          </li>
        )
      })}
    </ol>
  )
}
