import type { PanelProps } from './panel.ts'
import { ControlSettings } from './settings/controls.tsx'
import { MicrophoneSettings } from './settings/microphone.tsx'
import { MidiSettings } from './settings/midi.tsx'
import { PlayingSettings } from './settings/playing.tsx'
import { SoundSettings } from './settings/sound.tsx'
import './settings/settings.css'
import { Tabs } from './tabs.tsx'
import { text } from './text.ts'

/** The settings that are made once, before a concert. */
export function Settings({ stage }: PanelProps) {
  const { tabs } = text.settings
  return (
    <Tabs
      name={text.settings.name}
      tabs={[
        { name: tabs.playing, content: () => <PlayingSettings /> },
        { name: tabs.sound, content: () => <SoundSettings stage={stage} /> },
        { name: tabs.midi, content: () => <MidiSettings device={stage.midi} /> },
        { name: tabs.microphone, content: () => <MicrophoneSettings stage={stage} /> },
        { name: tabs.controls, content: () => <ControlSettings stage={stage} /> },
      ]}
    />
  )
}
