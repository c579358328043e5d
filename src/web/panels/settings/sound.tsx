import { useRef } from 'preact/hooks'
import { type Track, tracks } from '../../../session/index.ts'
import { Dial } from '../../controls.tsx'
import { deviceSettings } from '../../devices/device-settings.ts'
import { useFrames } from '../../parts/use-frames.ts'
import type { Stage } from '../../stage.ts'
import { text as stageText } from '../../text.ts'
import { Block, Slider, Switch } from '../fields.tsx'
import { text } from '../text.ts'

/** The mixer, where the main screen does not have it, and the outputs. */
export function SoundSettings({ stage }: { readonly stage: Stage }) {
  const { sound } = text.settings
  const device = stage.sound
  return (
    <>
      <Block title={sound.mixer}>
        <div class="mixer">
          {tracks.map((track) => (
            <StripColumn key={track} stage={stage} track={track} />
          ))}
        </div>
        <Slider
          name={sound.master}
          value={device.master.value}
          initial={deviceSettings.master.initial}
          least={0}
          most={1}
          step={0.01}
          says={percent(device.master.value)}
          onInput={device.setMaster}
        />
      </Block>
      <Block title={sound.outputs}>
        <Switch
          name={sound.clickApart}
          hint={device.canSetClickApart ? sound.clickApartHint : sound.noClickApart}
          on={device.clickApart.value}
          disabled={!device.canSetClickApart}
          onSwitch={device.setClickApart}
        />
      </Block>
    </>
  )
}

function StripColumn({ stage, track }: { readonly stage: Stage; readonly track: Track }) {
  const { sound } = text.settings
  const { pan, reverb } = stage.sound.strips.value[track]
  const initial = deviceSettings.strips.initial[track]
  const name = stageText.tracks[track]
  return (
    <div class="strip">
      <h4>{name}</h4>
      <Meter level={() => stage.sound.level(track)} />
      <Dial id={`volume-${track}`} name={sound.volume} />
      <Slider
        name={sound.pan}
        title={`${name}: ${sound.pan}`}
        value={pan}
        initial={initial.pan}
        least={-1}
        most={1}
        step={0.05}
        says={panText(pan)}
        onInput={(value) => stage.sound.setStrip(track, { pan: value })}
      />
      <Slider
        name={sound.reverb}
        title={`${name}: ${sound.reverb}`}
        value={reverb}
        initial={initial.reverb}
        least={0}
        most={1}
        step={0.01}
        says={percent(reverb)}
        onInput={(value) => stage.sound.setStrip(track, { reverb: value })}
      />
    </div>
  )
}

/** A track's level now. */
function Meter({ level }: { readonly level: () => number }) {
  const bar = useRef<HTMLDivElement>(null)
  useFrames(() => {
    if (bar.current) bar.current.style.transform = `scaleX(${Math.min(1, level()).toFixed(3)})`
  })
  return (
    <div class="meter" aria-hidden="true">
      <div class="level" ref={bar} />
    </div>
  )
}

function panText(pan: number): string {
  const { sound } = text.settings
  if (Math.abs(pan) < 0.01) return sound.middle
  return pan < 0 ? sound.left(percent(-pan)) : sound.right(percent(pan))
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
