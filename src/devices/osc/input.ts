import {
  type ActionName,
  actions,
  asNumber,
  controllers,
  doing,
  fromNumber,
  type Happening,
  isAction,
  isChoice,
  nameToday,
  rangeOf,
  type Setting,
  type SettingId,
  settingIds,
  settings,
} from '../../session/index.ts'
import type { OscMessage, OscValue } from './packet.ts'

/** What a message asks for: something that happens, or a report of the whole state. */
export type OscRequest = Happening | { readonly type: 'report-all' }

/** Understands messages: what each wants, in order; null where it is refused. Never throws. */
export type OscInput = (message: OscMessage) => readonly OscRequest[] | null

/** An address that is listened to. */
export type InputAddress = {
  /** Its values, by name; those in brackets may be left out. */
  readonly values: string
  readonly does: string
  readonly read: (values: readonly OscValue[]) => readonly OscRequest[] | null
}

/** What our own addresses begin with. */
export const ours = '/tradefours'

/** ML-Jam's addresses, on which its SuperCollider files pass on what hands do. SuperCollider counts channels from 0. */
const mlJam: Readonly<Record<string, InputAddress>> = {
  '/processnoteon': {
    values: 'pitch velocity',
    does: 'a key goes down',
    read: ([pitch, velocity]) => noteOn(pitch, velocity),
  },
  '/processnoteoff': { values: 'pitch velocity', does: 'a key comes up', read: ([pitch]) => noteOff(pitch) },
  '/ccevent': {
    values: 'value controller channel source',
    does: 'a controller is moved: it does what it is bound to; 64 is the sustain pedal',
    read: ([value, controller, channel]) => control(controller, value, oneMore(channel)),
  },
  '/programevent': {
    values: 'program channel source',
    does: 'a foot controller is pressed: it does what the song says',
    read: ([program, channel]) => programChange(program, oneMore(channel)),
  },
  '/changesong': {
    values: 'bend',
    does: 'the pitch wheel is moved: all the way down it turns to the next song, once',
    read: ([bend]) => (isWhole(bend, 0, 16_383) ? [] : null),
  },
}

/** Every address that is listened to. */
export const inputAddresses: Readonly<Record<string, InputAddress>> = {
  ...mlJam,
  [`${ours}/note/on`]: {
    values: 'pitch velocity [channel]',
    does: 'a key goes down; velocity 0 lets it up',
    read: ([pitch, velocity, channel]) => noteOn(pitch, velocity, channel),
  },
  [`${ours}/note/off`]: {
    values: 'pitch [channel]',
    does: 'a key comes up',
    read: ([pitch, channel]) => noteOff(pitch, channel),
  },
  [`${ours}/control`]: {
    values: 'controller value [channel]',
    does: 'a controller is moved: it does what it is bound to; 64 is the sustain pedal',
    read: ([controller, value, channel]) => control(controller, value, channel),
  },
  [`${ours}/program`]: {
    values: 'program [channel]',
    does: 'a foot controller is pressed: it does what the song says',
    read: ([program, channel]) => programChange(program, channel),
  },
  [`${ours}/controller`]: {
    values: 'name',
    does: `the controls of a controller do what they usually do: ${Object.keys(controllers).join(', ')}`,
    read: ([name]) => {
      const known = Object.entries(controllers).find(([id]) => id === name)
      return known ? [{ type: 'bind', bindings: known[1].bindings }] : null
    },
  },
  [`${ours}/learn`]: {
    values: 'action',
    does: 'the next control that is touched will do this from now on, such as new-groove or wildness; an empty text: none',
    read: ([action]) => {
      if (action === '') return [{ type: 'learn', action: null }]
      const name = isText(action) ? nameToday(action) : ''
      return isAction(name) ? [{ type: 'learn', action: name }] : null
    },
  },
  [`${ours}/metre`]: {
    values: 'metre',
    does: 'the metre, such as 7/8 or 2+2+3/8',
    read: ([metre]) => (isText(metre) ? [{ type: 'metre', metre }] : null),
  },
  [`${ours}/chart`]: {
    values: 'chart',
    does: 'the chords, such as Dm7 | G7 | Cmaj7; an empty text takes them away',
    read: ([chart]) => (isText(chart) ? [{ type: 'chart', chart }] : null),
  },
  [`${ours}/tell`]: {
    values: '',
    does: 'reports everything that is reported on change',
    read: () => [{ type: 'report-all' }],
  },
  ...Object.fromEntries(Object.entries(actions).map(([id, { label }]) => [`${ours}/act/${id}`, trigger(id, label)])),
  ...Object.fromEntries(settingIds.map((id) => [`${ours}/set/${id}`, setting(id)])),
  ...Object.fromEntries(settingIds.map((id) => [`${ours}/move/${id}`, moving(id)])),
}

/** Makes somebody who understands messages. */
export function createOscInput(): OscInput {
  let wheelIsDown = false
  return ({ address, values }) => {
    const found = inputAddressOf(address) ?? inputAddressOf(address.replace(/[^/]+$/, nameToday))
    const requests = found?.read(values) ?? null
    if (requests === null || address !== '/changesong') return requests
    const wasDown = wheelIsDown
    wheelIsDown = values[0] === 0
    return wheelIsDown && !wasDown ? [doing('next-song')] : []
  }
}

function inputAddressOf(address: string): InputAddress | undefined {
  return Object.hasOwn(inputAddresses, address) ? inputAddresses[address] : undefined
}

function trigger(id: string, label: string): InputAddress {
  return {
    values: '[pressed]',
    does: label,
    // Buttons of remote controls send another value when they are let go.
    read: ([pressed = true]) => {
      const down = numberOf(pressed)
      if (down === null) return null
      return down > 0 ? [doing(id as ActionName)] : []
    },
  }
}

function setting(id: SettingId): InputAddress {
  const setting: Setting = settings[id]
  const [least, most] = rangeOf(setting)
  const choices = isChoice(setting) ? setting.words.join(', ') : `${least} to ${most}`
  return {
    values: '[value]',
    does: `${setting.label}: ${choices}; without a value, a step on`,
    read: ([value]) => {
      if (value === undefined) return [doing(id)]
      const number = typeof value === 'string' ? asNumber(setting, value) : numberOf(value)
      const isKnown = number !== null && number >= least && number <= most
      return isKnown ? [{ type: 'set', setting: id, value: fromNumber(setting, number) } as Happening] : null
    },
  }
}

function moving(id: SettingId): InputAddress {
  return {
    values: 'steps',
    does: `${settings[id].label}: so many steps up, or down`,
    read: ([steps]) => {
      const by = typeof steps === 'number' && Math.abs(steps) <= farthestMove ? steps : null
      return by === null ? null : [{ type: 'nudge', setting: id, by }]
    },
  }
}

/** No setting has more steps. */
const farthestMove = 1000

function noteOn(
  pitch: OscValue | undefined,
  velocity: OscValue | undefined,
  channel: OscValue = 1,
): OscRequest[] | null {
  const isSane = isByte(pitch) && isByte(velocity) && isChannel(channel)
  return isSane ? [{ type: 'noteOn', pitch, velocity, channel }] : null
}

function noteOff(pitch: OscValue | undefined, channel: OscValue = 1): OscRequest[] | null {
  return isByte(pitch) && isChannel(channel) ? [{ type: 'noteOff', pitch, channel }] : null
}

function control(
  controller: OscValue | undefined,
  value: OscValue | undefined,
  channel: OscValue = 1,
): OscRequest[] | null {
  const isSane = isByte(controller) && isByte(value) && isChannel(channel)
  return isSane ? [{ type: 'control', controller, value, channel }] : null
}

function programChange(program: OscValue | undefined, channel: OscValue = 1): OscRequest[] | null {
  return isByte(program) && isChannel(channel) ? [{ type: 'program', program, channel }] : null
}

function oneMore(channel: OscValue = 0): OscValue {
  return typeof channel === 'number' ? channel + 1 : channel
}

/** A number, or a switch as one; null for anything else. */
function numberOf(value: OscValue): number | null {
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function isByte(value: OscValue | undefined): value is number {
  return isWhole(value, 0, 127)
}

function isChannel(value: OscValue): value is number {
  return isWhole(value, 1, 16)
}

/** Whether it is a whole number, whichever type it was sent as. */
function isWhole(value: OscValue | undefined, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

function isText(value: OscValue | undefined): value is string {
  return typeof value === 'string' && value.length <= longestText
}

const longestText = 10_000
