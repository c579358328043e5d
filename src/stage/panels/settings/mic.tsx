import { useSignal } from '@preact/signals'
import { pitchName } from '../../../music/index.ts'
import type { MicDesk } from '../../stage.ts'
import { Block, Slider, Switch } from '../fields.tsx'
import { text } from '../text.ts'

/** A recorded loop that is put back by more than this was not late. */
const mostLatencyMs = 400

/** The microphone: what it hears, and how late. */
export function MicSettings({ desk }: { readonly desk: MicDesk }) {
  const { mic } = text.settings
  const isTurning = useSignal(false)
  const turn = async (on: boolean) => {
    isTurning.value = true
    await desk.turn(on)
    isTurning.value = false
  }
  const heard = desk.heard.value
  return (
    <Block title={text.settings.tabs.mic}>
      <Switch
        name={mic.on}
        hint={mic.hint}
        on={desk.on.value}
        disabled={isTurning.value}
        onSwitch={(on) => void turn(on)}
      />
      {desk.trouble.value !== null && <p role="alert">{desk.trouble.value}</p>}
      {desk.on.value && (
        <p class="heard">
          {mic.heard} <strong>{heard === null ? mic.silence : pitchName(heard)}</strong>
        </p>
      )}
      <Slider
        name={mic.latency}
        value={desk.latencyMs.value}
        least={0}
        most={mostLatencyMs}
        step={1}
        says={`${Math.round(desk.latencyMs.value)} ${mic.milliseconds}`}
        onInput={desk.setLatency}
      />
      <p class="quiet">{mic.latencyHint}</p>
    </Block>
  )
}
