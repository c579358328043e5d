import type { TrackEntry } from './track-entry.ts'

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
    players: ['performer', 'band'],
    loop: { key: 'Digit1', freeKey: 'Digit8' },
    sound: { voice: 'upright-bass', pan: 0, room: 0.02, program: 33 },
    midiChannel: 1,
    osc: { play: '/playbass', stop: '/stopbass' },
  },
  drums: {
    label: 'drums',
    players: ['machine'],
    loop: null,
    sound: { voice: 'kit', pan: 0, room: 0.06, overheads: 0.5 },
    midiChannel: 10,
    osc: null,
  },
  chords: {
    label: 'chords',
    players: ['performer', 'band'],
    loop: { key: 'Digit4' },
    sound: { voice: 'electric-piano', pan: -0.3, room: 0.15, program: 4 },
    midiChannel: 2,
    osc: { play: '/playchords', stop: '/stopchords' },
  },
  lead: {
    label: 'lead',
    players: ['performer', 'machine'],
    loop: {},
    sound: { voice: 'fm-piano', pan: -0.15, room: 0.2, program: 4 },
    machine: { part: 'answer', sound: { voice: 'vibraphone', pan: 0.4, room: 0.25, program: 11 }, midiChannel: 4 },
    midiChannel: 3,
    osc: { play: '/playwurly', stop: '/stopnote' },
  },
} as const satisfies Record<string, TrackEntry>
