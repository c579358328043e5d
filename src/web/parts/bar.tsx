import { useComputed } from '@preact/signals'
import { ActionButton, Dial, Menu, NumberField, Toggle, useLearning, useStage } from '../controls.tsx'
import { text } from '../text.ts'
import { BeatDisplay } from './beat-display.tsx'
import { Icon } from './icon.tsx'
import { MetreField } from './metre-field.tsx'
import { PanelButtons } from './panel-host.tsx'

/** The transport, the beat display, and the buttons of the panels. */
export function Bar() {
  const { session } = useStage()
  const isPlaying = useComputed(() => session.value.transport.playing)
  return (
    <header class="bar">
      <div class="clock">
        <ActionButton
          id="play"
          class="play"
          label={isPlaying.value ? text.bar.stop : text.bar.play}
          state={isPlaying.value ? 'on' : 'off'}
        >
          <Icon name={isPlaying.value ? 'stop' : 'play'} />
        </ActionButton>
        <BeatDisplay />
      </div>
      <div class="setup">
        <div class="tempo">
          <NumberField id="tempo" name={text.bar.tempo} />
          <ActionButton id="tap" label={text.bar.tap} />
        </div>
        <MetreField />
        <Menu id="measures" name={text.bar.measures} least={1} most={16} />
        <Menu id="count-in" name={text.bar.countIn} least={0} most={4} />
        <ClickToggle />
        <Dial id="swing" name={text.bar.swing} />
      </div>
      <div class="more">
        <PanelButtons />
        <LearnButton />
        <ActionButton id="panic" class="panic" label={text.bar.panic} />
      </div>
    </header>
  )
}

/** The click's button, lit while the click is not muted. */
function ClickToggle() {
  const { session } = useStage()
  const isOn = useComputed(() => !session.value.settings['mute-click'])
  return (
    <Toggle id="mute-click" class="click" label={text.bar.muteClick}>
      <i class="lamp" data-on={isOn.value} />
      {text.bar.click}
    </Toggle>
  )
}

/** Starts MIDI learn: the performer picks a control of the page, then a pedal, knob or pad. */
function LearnButton() {
  const learning = useLearning()
  return (
    <button
      type="button"
      class="button pictured"
      title={text.bar.learnHint}
      aria-pressed={learning.on.value}
      onClick={learning.toggle}
    >
      <Icon name="learn" />
      {text.bar.learn}
    </button>
  )
}
