import { useComputed } from '@preact/signals'
import { riskOf } from '../../session/index.ts'
import { ActionButton, Dial, Toggle, useStage } from '../controls.tsx'
import { text } from '../text.ts'
import { Icon } from './icon.tsx'

/** The drummer's controls: fixed or new, which groove, and how wild. */
export function DrumControls() {
  const { session } = useStage()
  const isAsking = useComputed(() => session.value.asked.groove != null)
  const count = useComputed(() => session.value.material.grooves.length)
  const place = useComputed(() => text.drums.of(session.value.grooves.chosen + 1, count.value))
  // Without another groove the fixed one plays, whatever the setting.
  const isFixed = useComputed(() => count.value === 0 || session.value.settings['fixed-groove'])
  const isComing = useComputed(() => session.value.grooves.next !== null)
  return (
    <>
      <div class="grooves">
        <Toggle id="fixed-groove" label={text.drums.fixedName} pressed={isFixed.value}>
          {text.drums.fixed}
        </Toggle>
        <ActionButton id="new-groove" state={isAsking.value ? 'asking' : 'idle'}>
          {text.drums.new}
        </ActionButton>
        <div class="variants" data-empty={count.value === 0}>
          <ActionButton id="previous-groove" class="plain">
            <Icon name="left" />
          </ActionButton>
          <span class="place">{count.value === 0 ? '–' : place.value}</span>
          <ActionButton id="next-groove" class="plain">
            <Icon name="right" />
          </ActionButton>
        </div>
      </div>
      <div class="touch">
        <Dial id="temperature" name={text.drums.wild} words={riskOf} />
        <Dial id="feel" name={text.drums.feel} />
        <span class="coming" role="status">
          {isAsking.value ? text.drums.asking : isComing.value ? text.drums.coming : ''}
        </span>
      </div>
    </>
  )
}
