import { type Track, tracks } from '../../../session/index.ts'
import type { StageMidi } from '../../stage.ts'
import { text as stageText } from '../../text.ts'
import { Block, Press, SelectField, Switch } from '../fields.tsx'
import { text } from '../text.ts'
import { ports } from './ports.ts'

/** MIDI ports, the tracks' outputs, and the MIDI clock. */
export function MidiSettings({ device }: { readonly device: StageMidi }) {
  const { midi } = text.settings
  if (!device.isOpen.value) {
    return (
      <div class="fields">
        <p role="status">{device.trouble.value ?? midi.closed}</p>
        <Press onPress={device.open}>{device.trouble.value === null ? midi.open : midi.openAgain}</Press>
      </div>
    )
  }
  const inputs = device.inputs.value
  return (
    <div class="columns">
      <Block title={midi.inputs}>
        <SelectField
          name={midi.input}
          value={device.input.value ?? ''}
          options={[['', midi.allInputs], ...ports(inputs)]}
          onChoose={(id) => device.chooseInput(id === '' ? null : id)}
        />
        {!inputs.some(({ connected }) => connected) && <p class="quiet">{midi.noInputs}</p>}
      </Block>
      <Block title={midi.clock}>
        <Switch
          name={midi.sendClock}
          hint={midi.sendClockHint}
          on={device.sendsClock.value}
          onSwitch={device.sendClock}
        />
        <Switch
          name={midi.followClock}
          hint={midi.followClockHint}
          on={device.followsClock.value}
          onSwitch={device.followClock}
        />
        {device.followsClock.value && (
          <p role="status">{device.clockBpm.value === null ? midi.noClock : midi.clockBpm(device.clockBpm.value)}</p>
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
              <RouteRow key={track} device={device} track={track} />
            ))}
          </tbody>
        </table>
      </Block>
    </div>
  )
}

const channels = Array.from({ length: 16 }, (_, index) => `${index + 1}`)

function RouteRow({ device, track }: { readonly device: StageMidi; readonly track: Track }) {
  const { midi } = text.settings
  const route = device.routes.value[track]
  const name = stageText.tracks[track]
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Switch
          nameless
          name={`${name}: ${midi.inner}`}
          on={route.inner}
          onSwitch={(inner) => device.route(track, { ...route, inner })}
        />
      </td>
      <td>
        <SelectField
          nameless
          name={`${name}: ${midi.output}`}
          value={route.output ?? ''}
          options={[['', midi.noOutput], ...ports(device.outputs.value)]}
          onChoose={(id) => device.route(track, { ...route, output: id === '' ? null : id })}
        />
      </td>
      <td>
        <SelectField
          nameless
          name={`${name}: ${midi.channel}`}
          value={`${route.channel}`}
          options={channels.map((channel) => [channel, channel])}
          onChoose={(channel) => device.route(track, { ...route, channel: Number(channel) })}
        />
      </td>
    </tr>
  )
}
