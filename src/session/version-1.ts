import { fromNumber, isAmount, isChoice, type Setting } from './core/index.ts'
import { isSetting, type Settings, settings } from './session.ts'

/**
 * What version 1 wrote, in the words of version 2. Tracks, actions and settings had other names, switches and choices
 * were numbers, and each model had an event of its own.
 */

/** What was set at first, and is set to something else at first today. */
export const firstSettings: Partial<Settings> = {
  'classic-chords': false,
  click: 'always',
  'drums-form': false,
  expression: false,
  'hand-over': 'count',
  grid: 'sixteenths',
  listen: 0,
  memory: 0,
  'own-rests': false,
  register: 0,
  'stop-ends-keys': true,
  triplets: false,
  'turns-by-chart': false,
  voicing: false,
  'whole-takes': false,
}

type Fields = Readonly<Record<string, unknown>>

function isFields(json: unknown): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** The name that an action or a setting of version 1 has now; that of any other stays. */
export function nameToday(name: string): string {
  return name.replace(/^only-/, 'solo-').replace(/^(volume|mute|solo|clear)-solo$/, '$1-lead')
}

/** What numbers stood for in version 1, by the names that settings have now. */
const wordsOfNumbers: Readonly<Record<string, readonly string[]>> = {
  keys: ['bass', 'chords', 'lead'],
  'hand-over': ['count', 'phrase', 'measures', 'pedal'],
}

/** What a setting of version 1 was set to, as it is set now: switches and choices were numbers. */
function valueToday(id: string, value: unknown): unknown {
  if (!isSetting(id)) return value
  const setting: Setting = settings[id]
  if (typeof value === 'number' && !isAmount(setting)) {
    const words = wordsOfNumbers[id]
    return words ? words[Math.min(words.length - 1, Math.max(0, Math.round(value)))] : fromNumber(setting, value)
  }
  return isChoice(setting) && value === 'solo' ? 'lead' : value
}

/** What a control did, in today's names. */
function bindingToday(binding: unknown): unknown {
  if (typeof binding === 'string') return nameToday(binding)
  if (!isFields(binding) || typeof binding.action !== 'string') return binding
  const action = nameToday(binding.action)
  return { ...binding, action, ...('value' in binding && { value: valueToday(action, binding.value) }) }
}

/** What controls did, in today's names. */
export function bindingsToday(bindings: unknown): unknown {
  if (!isFields(bindings)) return bindings
  return Object.fromEntries(Object.entries(bindings).map(([control, binding]) => [control, bindingToday(binding)]))
}

/** A song or a set list of version 1, as it is written today; any other stays as it is. */
export function songToday(json: unknown): unknown {
  if (!isFields(json) || json.version !== 1) return json
  const { songs, sections, controls } = json
  return {
    ...json,
    version: 2,
    ...(Array.isArray(songs) && { songs: songs.map(songToday) }),
    ...(Array.isArray(sections) && { sections: sections.map(sectionToday) }),
    ...(controls !== undefined && { controls: bindingsToday(controls) }),
  }
}

function sectionToday(section: unknown): unknown {
  if (!isFields(section)) return section
  const { set, do: actions, controls } = section
  return {
    ...section,
    ...(isFields(set) && { set: Object.fromEntries(Object.entries(set).map(settingToday)) }),
    ...(Array.isArray(actions) && { do: actions.map(bindingToday) }),
    ...(controls !== undefined && { controls: bindingsToday(controls) }),
  }
}

function settingToday([name, value]: [string, unknown]): [string, unknown] {
  const id = nameToday(name)
  return [id, valueToday(id, value)]
}

/** An event of a recording of version 1, as it is recorded today. */
export function eventToday(event: unknown): unknown {
  if (!isFields(event)) return event
  switch (event.type) {
    case 'act':
      return ofAct(event)
    case 'groove': {
      const { type: job, ...rest } = event
      return { ...rest, type: 'answer', job }
    }
    case 'melody': {
      const { type: job, pitches, ...rest } = event
      return { ...rest, type: 'answer', job, answer: melodyToday(pitches) }
    }
    case 'learn':
      return { ...event, action: bindingToday(event.action) }
    case 'bind':
      return { ...event, bindings: bindingsToday(event.bindings) }
    case 'setList':
      // A song without a metre went on in the last song's.
      return {
        ...event,
        songs: Array.isArray(event.songs) ? event.songs.map(songToday) : event.songs,
        keepsMetre: true,
      }
    default:
      return event
  }
}

/** An `act`, which programs written for version 0.1 send, as today's event; any other stays as it is. */
export function actToday<Event>(event: Event): Event {
  return isFields(event) && event.type === 'act' ? (ofAct(event) as Event) : event
}

/** An action was run; a setting was set, moved by some steps, or switched over. */
function ofAct({ at, action: name, value, by }: Fields): Fields {
  const action = typeof name === 'string' ? nameToday(name) : name
  if (typeof action !== 'string' || !isSetting(action)) return { at, type: 'run', action }
  if (value !== undefined) return { at, type: 'set', setting: action, value: valueToday(action, value) }
  return by === undefined ? { at, type: 'toggle', setting: action } : { at, type: 'nudge', setting: action, by }
}

/** The pitches alone were kept: notes without a length say that their rhythm is not known. */
function melodyToday(pitches: unknown): unknown {
  if (!Array.isArray(pitches)) return pitches
  return { melody: pitches.map((pitch) => ({ pitch, velocity: 64, beat: 0, beats: 0 })) }
}
