import { type Track, tracks } from '../../../session/index.ts'
import type { MidiDesk } from '../../stage.ts'
import { text as stageText } from '../../text.ts'
import { Block, Press, SelectField, Switch } from '../fields.tsx'
import { text } from '../text.ts'
import { ports } from './ports.ts'

/** MIDI ports, where the tracks are sent, and whose clock counts. */
export function MidiSettings({ desk }: { readonly desk: MidiDesk }) {
  const { midi } = text.settings
  if (!desk.isOpen.value) {
    return (
      <div class="fields">
        <p role="status">{desk.trouble.value ?? midi.closed}</p>
        <Press onPress={desk.open}>{desk.trouble.value === null ? midi.open : midi.openAgain}</Press>
      </div>
    )
  }
  const inputs = desk.inputs.value
  return (
    <div class="columns">
      <Block title={midi.inputs}>
        <SelectField
          name={midi.input}
          value={desk.input.value ?? ''}
          options={[['', midi.allInputs], ...ports(inputs)]}
          onChoose={(id) => desk.chooseInput(id === '' ? null : id)}
        />
        {!inputs.some(({ connected }) => connected) && <p class="quiet">{midi.noInputs}</p>}
      </Block>
      <Block title={midi.clock}>
        <Switch name={midi.sendClock} hint={midi.sendClockHint} on={desk.sendsClock.value} onSwitch={desk.sendClock} />
        <Switch
          name={midi.followClock}
          hint={midi.followClockHint}
          on={desk.followsClock.value}
          onSwitch={desk.followClock}
        />
        {desk.followsClock.value && (
          <p role="status">{desk.clockBpm.value === null ? midi.noClock : midi.clockBpm(desk.clockBpm.value)}</p>
        )}
      </Block>
      <Block title={midi.routes}>
        <table class="routes">
          <thead>
            <tr>
              <th scope="col">{midi.track}</th>
              <th scope="col">{midi.inner}</th>
              <th scope="col">{midi.output}</th>
              <th scope="col">{midi.channel}</th>
            </tr>
          </thead>
          <tbody>
            {tracks.map((track) => (
              <RouteRow key={track} desk={desk} track={track} />
            ))}
          </tbody>
        </table>
      </Block>
    </div>
  )
}

const channels = Array.from({ length: 16 }, (_, index) => `${index + 1}`)

function RouteRow({ desk, track }: { readonly desk: MidiDesk; readonly track: Track }) {
  const { midi } = text.settings
  const route = desk.routes.value[track]
  const name = stageText.tracks[track]
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Switch
          nameless
          name={`${name}: ${midi.inner}`}
          on={route.inner}
          onSwitch={(inner) => desk.route(track, { ...route, inner })}
        />
      </td>
      <td>
        <SelectField
          nameless
          name={`${name}: ${midi.output}`}
          value={route.output ?? ''}
          options={[['', midi.noOutput], ...ports(desk.outputs.value)]}
          onChoose={(id) => desk.route(track, { ...route, output: id === '' ? null : id })}
        />
      </td>
      <td>
        <SelectField
          nameless
          name={`${name}: ${midi.channel}`}
          value={`${route.channel}`}
          options={channels.map((channel) => [channel, channel])}
          onChoose={(channel) => desk.route(track, { ...route, channel: Number(channel) })}
        />
      </td>
    </tr>
  )
}
