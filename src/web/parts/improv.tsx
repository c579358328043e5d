import { useComputed } from '@preact/signals'
import { riskOf, settings } from '../../session/index.ts'
import { ActionButton, Choice, Dial, Menu, Toggle, useSetting, useStage } from '../controls.tsx'
import { text } from '../text.ts'
import { Caption } from './caption.tsx'
import { GoOn } from './go-on.tsx'
import { Icon } from './icon.tsx'
import { Mark } from './mark.tsx'
import { openPanel } from './panel-host.tsx'
import { TurnCard } from './turn-card.tsx'

/** Call and response: whose turn it is, what comes next, and the controls. */
export function Improv() {
  const { demo, performances } = useStage()
  const line = demo.caption.value
  const last = performances.last.value
  return (
    <aside class="improv" aria-label={text.improv.name}>
      <div class="mode">
        <Toggle id="improvise" class="improvise">
          {text.improv.improvise}
        </Toggle>
        <Choice id="live" words={[text.improv.classic, text.improv.live]} />
        <Toggle id="own-phrases">{text.improv.own}</Toggle>
      </div>
      <TurnCard>
        <ViewButton />
      </TurnCard>
      {line !== null ? <Caption line={line} /> : last ? <GoOn last={last} /> : <Controls />}
    </aside>
  )
}

/** Shows the turn as large as the page. */
function ViewButton() {
  const { label, title } = text.panels.view
  return (
    <button
      type="button"
      class="button plain enlarge"
      aria-label={label}
      title={title}
      onClick={() => {
        openPanel.value = 'view'
      }}
    >
      <Icon name="view" />
    </button>
  )
}

/** A place on the pocket dial in words. */
function pocketWord(pocket: number): string {
  const { pocketWords } = text.improv
  return pocketWords[Math.round((pocket + 1) * 2)] ?? ''
}

/** The controls that are used while trading. */
function Controls() {
  const live = useSetting('live')
  const own = useSetting('own-phrases')
  return (
    <div class="trading">
      <div class="turns">
        <ActionButton id="hand-over-now">{text.improv.handOver}</ActionButton>
        <ForceTurn />
        <Toggle id="hold">{text.improv.hold}</Toggle>
      </div>
      <HandOver />
      {own.value && (
        <Choice id="closeness" words={settings.closeness.words.map((word) => text.improv.closeness[word])} />
      )}
      <div class="dials">
        <Dial id="wildness" name={text.improv.wild} words={riskOf} />
        {(live.value || own.value) && <Dial id="harmony" name={text.improv.harmony} />}
        {live.value && <Dial id="contour" name={text.improv.contour} />}
        {live.value && <Dial id="pocket" name={text.improv.pocket} words={pocketWord} />}
      </div>
    </div>
  )
}

/** Buttons for the call and for the response. */
function ForceTurn() {
  return (
    <div class="choice">
      <ActionButton id="take-call">
        <Mark who="human" /> {text.improv.forceCall}
      </ActionButton>
      <ActionButton id="take-response">
        <Mark who="machine" /> {text.improv.forceResponse}
      </ActionButton>
    </div>
  )
}

/** What ends a turn. */
function HandOver() {
  const { session } = useStage()
  const by = useComputed(() => session.value.settings['hand-over'])
  const own = useSetting('own-phrases')
  return (
    <div class="hand-over">
      <Choice id="hand-over" words={settings['hand-over'].words.map((word) => text.improv.by[word])} />
      {by.value === 'count' && <Menu id="notes" name={text.improv.notes} least={1} most={64} />}
      {(by.value === 'measures' || own.value) && (
        <Menu id="trade-measures" name={text.improv.bars} least={1} most={16} />
      )}
    </div>
  )
}
