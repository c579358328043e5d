import * as v from 'valibot'
import { type Track, tracks, trackTable } from '../../session/index.ts'
import type { Route, Strip } from '../stage.ts'

/** A number from one to another. */
const within = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most))

/** What a device or a port is called. */
const name = v.pipe(v.string(), v.maxLength(500))

/** Something for each track, of which each may be damaged without the others. */
function perTrack<Value>(schema: v.GenericSchema<unknown, Value>, initial: Readonly<Record<Track, Value>>) {
  const entries = Object.fromEntries(tracks.map((track) => [track, v.fallback(schema, initial[track])]))
  const schemaToday = v.pipe(
    v.looseObject({}),
    // Version 0.1 called the lead the solo.
    v.transform(({ solo, ...others }) => ({ ...(solo !== undefined && { lead: solo }), ...others })),
    v.object(entries),
  )
  return { schema: schemaToday as unknown as v.GenericSchema<unknown, Readonly<Record<Track, Value>>>, initial }
}

function setting<Value>(schema: v.GenericSchema<unknown, Value>, initial: NoInfer<Value>) {
  return { schema, initial }
}

const usualRoutes = Object.fromEntries(
  tracks.map((track): [Track, Route] => [track, { inner: true, output: null, channel: trackTable[track].midiChannel }]),
) as Record<Track, Route>

const usualStrips = Object.fromEntries(
  tracks.map((track): [Track, Strip] => {
    const { pan, room } = trackTable[track].sound
    return [track, { pan, reverb: room }]
  }),
) as Record<Track, Strip>

/** What a browser remembers of its device from visit to visit: what each setting has to be, and is at first. */
export const deviceSettings = {
  /** Whether the visitor has been here before. */
  known: setting(v.boolean(), false),
  'midi-input': setting(v.object({ id: v.nullable(name) }), { id: null }),
  routes: perTrack<Route>(
    v.object({ inner: v.boolean(), output: v.nullable(name), channel: v.pipe(within(1, 16), v.integer()) }),
    usualRoutes,
  ),
  microphone: setting(
    v.object({
      on: v.boolean(),
      /** The device, by its id and by its name; null for the one that the system uses. */
      id: v.nullable(name),
      name: v.nullable(name),
      /** Null for what the browser says. */
      latencyMs: v.nullable(within(0, 1000)),
      loudspeakers: v.boolean(),
    }),
    { on: false, id: null, name: null, latencyMs: null, loudspeakers: true },
  ),
  /** Whose memory it is. */
  player: setting(v.pipe(name, v.minLength(1)), 'Me'),
  'sends-clock': setting(v.boolean(), false),
  strips: perTrack<Strip>(v.object({ pan: within(-1, 1), reverb: within(0, 1) }), usualStrips),
  master: setting(within(0, 1), 1),
  /** Whether the chart lies over the rolls. */
  'shows-chart': setting(v.boolean(), true),
  /** The set list that is being written, as a song's file. */
  'set-list': setting(v.string(), ''),
}

/** The settings by their names. */
export type DeviceSettings = { [Name in keyof typeof deviceSettings]: (typeof deviceSettings)[Name]['initial'] }
