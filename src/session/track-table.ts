/** What a track is: the one place that names it. Everything else, from the mixer to OSC, is derived from this table. */
export type TrackEntry = {
  /** Its name in a sentence and on a mixer. */
  readonly label: string
  /** Whose notes it plays: the performer's keys, the machine's, or nobody's but the session's own. */
  readonly players: readonly ('performer' | 'machine')[]
  /** Whether the performer can record a loop on it; and the computer's key that does, as `KeyboardEvent.code` names it. */
  readonly loop: { readonly key?: string } | null
  /** The voice that it has in our own sound, where it stands (−1 left to 1 right), and how much the room gives back. */
  readonly sound: TrackSound
  /** The sound of notes that a machine chose, where that is another. */
  readonly machineSound?: TrackSound
  /** Its channel, 1 to 16, unless another is chosen. Channel 10 has General MIDI's percussion. */
  readonly midiChannel: number
  /** ML-Jam's addresses, where a note begins and where it ends; null where each drum or click has its own. */
  readonly osc: { readonly play: string; readonly stop: string } | null
}

/** How a track sounds. */
export type TrackSound = {
  readonly voice: string
  readonly pan: number
  readonly room: number
  /** Its sound in a MIDI file, from 0; none where General MIDI's percussion plays. */
  readonly program?: number
}

/** The tracks of a performance, in the order of a mixer. */
export const trackTable = {
  click: {
    label: 'click',
    players: [],
    loop: null,
    sound: { voice: 'click', pan: 0, room: 0 },
    midiChannel: 10,
    osc: null,
  },
  bass: {
    label: 'bass',
    players: ['performer'],
    loop: { key: 'Digit1' },
    sound: { voice: 'upright-bass', pan: 0, room: 0.02, program: 33 },
    midiChannel: 1,
    osc: { play: '/playbass', stop: '/stopbass' },
  },
  drums: {
    label: 'drums',
    players: ['machine'],
    loop: null,
    sound: { voice: 'kit', pan: 0, room: 0.1 },
    midiChannel: 10,
    osc: null,
  },
  chords: {
    label: 'chords',
    players: ['performer'],
    loop: { key: 'Digit4' },
    sound: { voice: 'electric-piano', pan: -0.3, room: 0.15, program: 4 },
    midiChannel: 2,
    osc: { play: '/playchords', stop: '/stopchords' },
  },
  lead: {
    label: 'lead',
    players: ['performer', 'machine'],
    loop: null,
    sound: { voice: 'fm-piano', pan: -0.1, room: 0.2, program: 4 },
    machineSound: { voice: 'vibraphone', pan: 0.3, room: 0.25, program: 11 },
    midiChannel: 3,
    osc: { play: '/playwurly', stop: '/stopnote' },
  },
} as const satisfies Record<string, TrackEntry>

/** A track of a performance. */
export type Track = keyof typeof trackTable

type Where<Field extends keyof TrackEntry, Value> = {
  [Name in Track]: (typeof trackTable)[Name][Field] extends Value ? Name : never
}[Track]

/** A track that keys can play on. */
export type PlayedTrack = Where<'players', readonly ['performer', ...unknown[]]>

/** A track that is recorded as a loop. */
export type LoopTrack = Where<'loop', object>

const entries = Object.entries(trackTable) as [Track, TrackEntry][]
const named = (which: (track: TrackEntry) => boolean) =>
  entries.filter(([, track]) => which(track)).map(([name]) => name)

/** The tracks, in the order of a mixer. */
export const tracks: readonly Track[] = entries.map(([name]) => name)

/** The tracks that a performer's keys can play on. */
export const playedTracks = named(({ players }) => players.includes('performer')) as readonly PlayedTrack[]

/** The tracks that are recorded as loops. */
export const loopTracks = named(({ loop }) => loop !== null) as readonly LoopTrack[]
