import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { pitchName } from '../../../music/index.ts'
import { useFramed, useFrames } from '../../parts/use-frames.ts'
import type { Stage, StageMicrophone } from '../../stage.ts'
import { text as pageText } from '../../text.ts'
import { Block, Press, SelectField, Switch, TextField } from '../fields.tsx'
import { text } from '../text.ts'
import { ports } from './ports.ts'

/** The microphone as an instrument, once the part of the page that listens is here. */
export function MicrophoneSettings({ stage }: { readonly stage: Pick<Stage, 'mic' | 'openMic'> }) {
  const trouble = useSignal<string | null>(null)
  useEffect(() => {
    stage.openMic().catch(() => {
      trouble.value = pageText.notFetched(text.settings.microphone.part)
    })
  }, [stage, trouble])
  const device = stage.mic.value
  return device ? <Microphone device={device} /> : <p role="status">{trouble.value}</p>
}

/** Which microphone it is, what it hears, and its latency. */
function Microphone({ device }: { readonly device: StageMicrophone }) {
  const { microphone } = text.settings
  const isOn = device.on.value
  return (
    <div class="columns microphone">
      <Block title={microphone.instrument}>
        <Switch name={microphone.on} hint={microphone.onHint} on={isOn} onSwitch={device.switchOn} />
        <SelectField
          name={microphone.input}
          value={device.input.value ?? ''}
          options={[['', microphone.systems], ...ports(device.inputs.value)]}
          onChoose={(id) => device.chooseInput(id === '' ? null : id)}
        />
        {isOn && device.trouble.value === null && <Heard device={device} />}
        <p role="status">{isOn && device.trouble.value}</p>
      </Block>
      <Block title={microphone.timing}>
        <p class="quiet">{microphone.latencyHint}</p>
        <Latency device={device} />
      </Block>
      <Block title={microphone.room}>
        <Switch
          name={microphone.loudspeakers}
          hint={microphone.loudspeakersHint}
          on={device.loudspeakers.value}
          onSwitch={device.setLoudspeakers}
        />
      </Block>
    </div>
  )
}

/** The pitch and the level of the microphone now. */
function Heard({ device }: { readonly device: StageMicrophone }) {
  const { microphone } = text.settings
  const bar = useRef<HTMLDivElement>(null)
  const pitch = useFramed(() => device.reading().pitch)
  useFrames(() => {
    if (bar.current) bar.current.style.transform = `scaleX(${shareOf(device.reading().level).toFixed(3)})`
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

/** A level's place on the meter, which shows the 60 dB below full scale. */
function shareOf(level: number): number {
  return Math.min(1, Math.max(0, 1 + Math.log10(level) / 3))
}

function Latency({ device }: { readonly device: StageMicrophone }) {
  const { microphone } = text.settings
  const latencyMs = device.latencyMs.value
  const type = (typed: string) => {
    const milliseconds = Number(typed.trim().replace(',', '.'))
    if (typed.trim() !== '' && Number.isFinite(milliseconds)) device.setLatency(milliseconds)
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
          disabled={!device.on.value || device.trouble.value !== null || device.isMeasuring.value}
          title={microphone.measureHint}
          onPress={() => void device.measure()}
        >
          {device.isMeasuring.value ? microphone.measuring : microphone.measure}
        </Press>
        <Press disabled={!device.isOwnLatency.value} onPress={() => device.setLatency(null)}>
          {microphone.said}
        </Press>
      </div>
      <p role="status">{device.measured.value}</p>
    </>
  )
}
