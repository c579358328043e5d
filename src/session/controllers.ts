import type { Bindings } from './songs/index.ts'

/** A controller that many performers own, and what its controls do here as it comes out of its box. */
export type Controller = { readonly label: string; readonly bindings: Bindings }

/**
 * Controllers by name. What ML-Jam's stage system does with one is on the same control here, and a knob goes as far as there;
 * the rest was free.
 */
export const controllers = {
  nanokontrol2: {
    label: 'Korg nanoKONTROL2',
    bindings: {
      'cc 41': 'play',
      'cc 42': 'stop',
      'cc 43': { action: 'measures', by: -1 },
      'cc 44': { action: 'measures', by: 1 },
      'cc 45': 'hand-over-now',
      'cc 46': 'undo',
      'cc 58': 'shorter-measure',
      'cc 59': 'longer-measure',
      'cc 60': 'panic',
      'cc 61': 'longer-units',
      'cc 62': 'shorter-units',
      // From left to right a group of slider, knob and buttons for: the tempo and the click,
      'cc 0': 'volume-click',
      'cc 16': { action: 'tempo', from: 0, to: 300 },
      'cc 32': 'tap',
      'cc 48': 'mute-click',
      // the bass,
      'cc 1': 'volume-bass',
      'cc 33': 'overdub-bass',
      'cc 49': 'mute-bass',
      'cc 65': 'record-bass',
      // the drums,
      'cc 2': 'volume-drums',
      'cc 18': { action: 'temperature', from: 0, to: 5 },
      'cc 34': { action: 'fixed-groove', value: true },
      'cc 50': 'mute-drums',
      'cc 66': 'new-groove',
      // the chords,
      'cc 3': 'volume-chords',
      'cc 35': 'overdub-chords',
      'cc 51': 'mute-chords',
      'cc 67': 'record-chords',
      // the solo,
      'cc 4': 'volume-lead',
      'cc 20': 'wildness',
      'cc 36': { action: 'improvise', value: false },
      'cc 52': 'mute-lead',
      'cc 68': { action: 'improvise', value: true },
      // how it answers,
      'cc 5': 'harmony',
      'cc 21': 'contour',
      'cc 37': 'live',
      'cc 69': 'hold',
      // the grooves that have come,
      'cc 38': 'previous-groove',
      'cc 70': 'next-groove',
      // and the song.
      'cc 39': 'previous-section',
      'cc 71': 'next-section',
    },
  },
  minilab: {
    label: 'Arturia MiniLab',
    bindings: {
      'cc 113': 'mute-click',
      'cc 115': 'play',
      'cc 22': 'tap',
      'cc 23': 'record-bass',
      'cc 24': { action: 'fixed-groove', value: true },
      'cc 25': 'new-groove',
      'cc 26': 'record-chords',
      'cc 27': { action: 'improvise', value: true },
      'cc 28': { action: 'improvise', value: false },
      'cc 29': 'clear-all',
      'cc 71': 'volume-bass',
      'cc 76': 'temperature',
      'cc 77': 'volume-chords',
      'cc 93': 'volume-lead',
    },
  },
} as const satisfies Record<string, Controller>
