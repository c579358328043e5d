import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type MidiPitch, pitchClass, pitchName } from '../../music/index.ts'
import { type Light, lightsOf } from '../../runtime/index.ts'
import { zoneOf } from '../../session/index.ts'
import { useStage } from '../controls.tsx'
import { text } from '../text.ts'
import { Icon, type IconName } from './icon.tsx'
import {
  blackWidth,
  type KeyRange,
  type PlacedKey,
  placedKeys,
  rangeOfWidth,
  rangeWith,
  shiftedRange,
  whitesIn,
} from './key-range.ts'
import { useTouches } from './touches.ts'

/** The keyboard. It is played by touch and mouse, shows who plays, and shifts to what is played. */
export function Keyboard() {
  const { sounding, keyLabels, session } = useStage()
  const board = useRef<HTMLDivElement>(null)
  const range = useSignal<KeyRange>({ lowest: 48, octaves: 2 })
  const touches = useTouches(() => range.peek())
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      range.value = rangeWith(rangeOfWidth(range.peek(), entry.contentRect.width), [...keyLabels.peek().keys()])
    })
    if (board.current) observer.observe(board.current)
    return () => observer.disconnect()
  }, [range])
  useSignalEffect(() => {
    range.value = rangeWith(range.peek(), [...keyLabels.value.keys()])
  })
  useSignalEffect(() => {
    const played = sounding.value.flatMap(({ key, pitch }) => [key, pitch])
    // The keys must not shift under a finger.
    if (!touches.isDown()) range.value = rangeWith(range.peek(), played)
  })
  const lights = useComputed(() => lightsOf(sounding.value, session.value.settings['guess-who']))
  const shift = (by: number) => {
    range.value = shiftedRange(range.value, by)
  }
  return (
    <section class="keyboard" aria-label={text.keys.name}>
      <Shift name={text.keys.lower} icon="left" onPress={() => shift(-1)} />
      <div class="keys" ref={board} {...touches.handlers}>
        {placedKeys(range.value).map((key) => (
          <Key key={key.pitch} {...key} whites={whitesIn(range.value)} lights={lights} />
        ))}
      </div>
      <Shift name={text.keys.higher} icon="right" onPress={() => shift(1)} />
    </section>
  )
}

type ShiftProps = { readonly name: string; readonly icon: IconName; readonly onPress: () => void }

function Shift({ name, icon, onPress }: ShiftProps) {
  return (
    <button type="button" class="button plain" aria-label={name} title={name} onClick={onPress}>
      <Icon name={icon} />
    </button>
  )
}

type KeyProps = PlacedKey & { readonly whites: number; readonly lights: ReadonlySignal<ReadonlyMap<MidiPitch, Light>> }

function Key({ pitch, isBlack, left, whites, lights }: KeyProps) {
  const { keyLabels, session } = useStage()
  // Preact sets a signal without rendering the component again, which is fast enough for notes.
  const light = useComputed(() => lights.value.get(pitch) ?? 'off')
  const zone = useComputed(() => zoneOf(session.value, { pitch }).hand)
  const style = { left: `${(100 * left) / whites}%`, width: `${(100 * (isBlack ? blackWidth : 1)) / whites}%` }
  return (
    <div
      class={isBlack ? 'key black' : 'key white'}
      data-pitch={pitch}
      data-light={light}
      data-zone={zone}
      style={style}
    >
      <i class="light" />
      <span class="label">{keyLabels.value.get(pitch)}</span>
      {pitchClass(pitch) === 0 && <span class="octave">{pitchName(pitch)}</span>}
    </div>
  )
}
