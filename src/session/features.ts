import { arrangement } from './arrangement/index.ts'
import { band } from './band/index.ts'
import { controls } from './controls/index.ts'
import { duet } from './duet/index.ts'
import { grooves } from './grooves/index.ts'
import { keys } from './keys/index.ts'
import { listening } from './listening/index.ts'
import { mixer } from './mixer/index.ts'
import { phrases } from './phrases/index.ts'
import { recording } from './recording/index.ts'
import { songs } from './songs/index.ts'
import { tracks } from './tracks/index.ts'
import { trading } from './trading/index.ts'
import { transport } from './transport/index.ts'
import { zones } from './zones/index.ts'

/**
 * The features of a session: the one list of them. Of what happens at one moment, what belongs to the first of them
 * comes first: a control is bound before its key plays, and a take ends before a section, a groove or a turn begins. It
 * is also the order in which actions and settings are listed. Each event goes through the list in this order; a feature
 * that returns true keeps it.
 */
export const features = [
  controls,
  transport,
  tracks,
  zones,
  recording,
  arrangement,
  songs,
  listening,
  grooves,
  band,
  trading,
  phrases,
  keys,
  duet,
  mixer,
] as const
