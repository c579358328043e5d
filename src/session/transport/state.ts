import { type CoreState, count, off, type SettingsOf } from '../core/index.ts'

export const transportSettings = {
  tempo: { label: 'tempo', least: 20, most: 400, initial: 120, nudge: 1 },
  'count-in': count('measures of count-in', 0, 4, 1),
  swing: { label: 'swing', least: 0.5, most: 0.75, initial: 0.5 },
  'swing-sixteenths': off('swing sixteenths'),
  'stop-ends-keys': off('stop ends keys that are held'),
} as const

/** What is known where only the transport is. */
export type TransportState = CoreState & { readonly settings: SettingsOf<typeof transportSettings> }
