import { useRef } from 'preact/hooks'
import { pitchName } from '../../../music/index.ts'
import { useFramed, useFrames } from '../../parts/use-frames.ts'
import type { MicDesk } from '../../stage.ts'
import { Block, Press, SelectField, Switch, TextField } from '../fields.tsx'
import { text } from '../text.ts'
import { ports } from './ports.ts'

/** A microphone as an instrument: which, what it hears, and how late. */
export function MicrophoneSettings({ desk }: { readonly desk: MicDesk }) {
  const { microphone } = text.settings
  const isOn = desk.on.value
  return (
    <div class="columns microphone">
      <Block title={microphone.instrument}>
        <Switch name={microphone.on} hint={microphone.onHint} on={isOn} onSwitch={desk.switchOn} />
        <SelectField
          name={microphone.input}
          value={desk.input.value ?? ''}
          options={[['', microphone.systems], ...ports(desk.inputs.value)]}
          onChoose={(id) => desk.chooseInput(id === '' ? null : id)}
        />
        {isOn && desk.trouble.value === null && <Heard desk={desk} />}
        <p role="status">{isOn && desk.trouble.value}</p>
      </Block>
      <Block title={microphone.timing}>
        <p class="quiet">{microphone.latencyHint}</p>
        <Latency desk={desk} />
      </Block>
      <Block title={microphone.room}>
        <Switch
          name={microphone.loudspeakers}
          hint={microphone.loudspeakersHint}
          on={desk.loudspeakers.value}
          onSwitch={desk.setLoudspeakers}
        />
      </Block>
    </div>
  )
}

/** The pitch and the level that are heard now. */
function Heard({ desk }: { readonly desk: MicDesk }) {
  const { microphone } = text.settings
  const bar = useRef<HTMLDivElement>(null)
  const pitch = useFramed(() => desk.heard().pitch)
  useFrames(() => {
    if (bar.current) bar.current.style.transform = `scaleX(${shareOf(desk.heard().level).toFixed(3)})`
  })
  return (
    <div class="heard">
      <span>{microphone.heard}</span>
      <strong>{pitch.value === null ? microphone.nothing : pitchName(pitch.value)}</strong>
      <div class="meter" aria-hidden="true">
        <div class="level" ref={bar} />
      </div>
    </div>
  )
}

/** The last 60 dB below full scale, along the meter. */
function shareOf(level: number): number {
  return Math.min(1, Math.max(0, 1 + Math.log10(level) / 3))
}

function Latency({ desk }: { readonly desk: MicDesk }) {
  const { microphone } = text.settings
  const latencyMs = desk.latencyMs.value
  const type = (typed: string) => {
    const milliseconds = Number(typed.trim().replace(',', '.'))
    if (typed.trim() !== '' && Number.isFinite(milliseconds)) desk.setLatency(milliseconds)
  }
  return (
    <>
      <div class="fields">
        <TextField
          name={microphone.latency}
          numeric
          value={latencyMs === null ? '' : `${latencyMs}`}
          placeholder={microphone.unknown}
          onInput={type}
        />
        <Press
          disabled={!desk.on.value || desk.trouble.value !== null || desk.isMeasuring.value}
          title={microphone.measureHint}
          onPress={() => void desk.measure()}
        >
          {desk.isMeasuring.value ? microphone.measuring : microphone.measure}
        </Press>
        <Press disabled={!desk.isOwnLatency.value} onPress={() => desk.setLatency(null)}>
          {microphone.said}
        </Press>
      </div>
      <p role="status">{desk.measured.value}</p>
    </>
  )
}
