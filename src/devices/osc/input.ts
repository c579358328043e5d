import {
  type ActionName,
  actions,
  asNumber,
  command,
  controllers,
  fromNumber,
  isAction,
  isChoice,
  nameToday,
  rangeOf,
  type SessionInput,
  type Setting,
  type SettingId,
  settingIds,
  settings,
} from '../../session/index.ts'
import type { OscMessage, OscValue } from './packet.ts'

/** What a message asks for: an input to the session, or a report of the whole state. */
export type OscRequest = SessionInput | { readonly type: 'report-all' }

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
    read: ([bend]) => (whole(bend, 0, 16_383) === null ? null : []),
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
  [`${ours}/bend`]: {
    values: 'value [channel]',
    does: 'the pitch wheel is moved, from -8192 to 8191: what the channel plays is bent',
    read: ([value, channel]) => {
      const read = wholes([value, -8192, 8191], [channel ?? 1, 1, 16])
      return read && [{ type: 'bend', value: read[0], channel: read[1] }]
    },
  },
  [`${ours}/pressure`]: {
    values: 'value [channel]',
    does: 'aftertouch of what the channel plays',
    read: ([value, channel]) => {
      const read = wholes([value, 0, 127], [channel ?? 1, 1, 16])
      return read && [{ type: 'pressure', value: read[0], channel: read[1] }]
    },
  },
  [`${ours}/key-pressure`]: {
    values: 'pitch value [channel]',
    does: 'aftertouch of one key',
    read: ([pitch, value, channel]) => {
      const read = wholes([pitch, 0, 127], [value, 0, 127], [channel ?? 1, 1, 16])
      return read && [{ type: 'keyPressure', pitch: read[0], value: read[1], channel: read[2] }]
    },
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
    const requests = inputAddressOf(address)?.read(values) ?? null
    if (requests === null || address !== '/changesong') return requests
    const wasDown = wheelIsDown
    wheelIsDown = whole(values[0], 0, 16_383) === 0
    return wheelIsDown && !wasDown ? [command('next-song')] : []
  }
}

/** Why a message is refused, and what to send instead: a sentence. */
export function refusalOf({ address, values }: OscMessage): string {
  const found = inputAddressOf(address)
  const name = shown(address)
  if (!found) return `OSC to ${name} was passed over, for nothing listens there: docs/osc.md lists all addresses.`
  const sent = values.map((value) =>
    typeof value === 'string' ? `“${shown(value)}”` : String(value ?? 'not a number'),
  )
  const wanted = found.values === '' ? 'nothing' : found.values
  const said = sent.length === 0 ? 'without a value' : `with ${sent.slice(0, 8).join(' ')}`
  return `OSC to ${name} ${said} was passed over: it takes ${wanted} (${found.does}).`
}

/** A text from outside, as a terminal may show it. */
function shown(text: string): string {
  const clean = text.replace(/\p{Cc}/gu, ' ')
  return clean.length > 60 ? `${clean.slice(0, 60)}…` : clean
}

function inputAddressOf(address: string): InputAddress | undefined {
  const known = [address, address.replace(/[^/]+$/, nameToday)].find((each) => Object.hasOwn(inputAddresses, each))
  return known === undefined ? undefined : inputAddresses[known]
}

function trigger(id: string, label: string): InputAddress {
  return {
    values: '[pressed]',
    does: label,
    // Buttons of remote controls send another value when they are let go.
    read: ([pressed = true]) => {
      const down = numberOf(pressed)
      if (down === null) return null
      return down > 0 ? [command(id as ActionName)] : []
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
      if (value === undefined) return [command(id)]
      const number = isChoice(setting) && typeof value === 'string' ? wordOf(setting, value) : numberOf(value)
      const isKnown = number !== null && number >= least && number <= most
      return isKnown ? [{ type: 'set', setting: id, value: fromNumber(setting, number) } as SessionInput] : null
    },
  }
}

function moving(id: SettingId): InputAddress {
  return {
    values: 'steps',
    does: `${settings[id].label}: steps up, or down`,
    read: ([steps]) => {
      const by = steps === undefined || typeof steps === 'boolean' ? null : numberOf(steps)
      return by === null || Math.abs(by) > farthestMove ? null : [{ type: 'nudge', setting: id, by }]
    },
  }
}

/** More steps than any setting has. */
const farthestMove = 1000

/** A word of a choice, or its number as a text. */
function wordOf(setting: Setting, value: string): number | null {
  const place = asNumber(setting, value)
  return place < 0 ? numberOf(value) : place
}

function noteOn(pitch: OscValue | undefined, velocity: OscValue | undefined, channel?: OscValue): OscRequest[] | null {
  const read = wholes([pitch, 0, 127], [velocity, 0, 127], [channel ?? 1, 1, 16])
  return read && [{ type: 'noteOn', pitch: read[0], velocity: read[1], channel: read[2] }]
}

function noteOff(pitch: OscValue | undefined, channel?: OscValue): OscRequest[] | null {
  const read = wholes([pitch, 0, 127], [channel ?? 1, 1, 16])
  return read && [{ type: 'noteOff', pitch: read[0], channel: read[1] }]
}

function control(
  controller: OscValue | undefined,
  value: OscValue | undefined,
  channel?: OscValue,
): OscRequest[] | null {
  const read = wholes([controller, 0, 127], [value, 0, 127], [channel ?? 1, 1, 16])
  return read && [{ type: 'control', controller: read[0], value: read[1], channel: read[2] }]
}

function programChange(program: OscValue | undefined, channel?: OscValue): OscRequest[] | null {
  const read = wholes([program, 0, 127], [channel ?? 1, 1, 16])
  return read && [{ type: 'program', program: read[0], channel: read[1] }]
}

function oneMore(channel: OscValue = 0): OscValue {
  const number = numberOf(channel)
  return number === null ? Number.NaN : number + 1
}

/** A number, however it was sent: as any of OSC's types, as a switch or as a text; null for anything else. */
function numberOf(value: OscValue | undefined): number | null {
  if (typeof value === 'boolean') return Number(value)
  const number = typeof value === 'string' && isNumber.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

const isNumber = /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/

type Wanted = readonly [value: OscValue | undefined, least: number, most: number]

/** The whole numbers that values are nearest to; null where one of them is none, or out of its range. */
function wholes<const All extends readonly Wanted[]>(...all: All): { [Index in keyof All]: number } | null {
  const found = all.map(([value, least, most]) => whole(value, least, most))
  return found.includes(null) ? null : (found as { [Index in keyof All]: number })
}

/** The whole number that a value is nearest to: faders send floats. */
function whole(value: OscValue | undefined, least: number, most: number): number | null {
  const number = typeof value === 'boolean' ? null : numberOf(value)
  if (number === null || number < least || number > most) return null
  return Math.round(number)
}

function isText(value: OscValue | undefined): value is string {
  return typeof value === 'string' && value.length <= longestText
}

const longestText = 10_000
