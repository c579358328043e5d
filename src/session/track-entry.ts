/** What a track is: the one place that names it. Everything else, from the mixer to OSC, is derived from this table. */
export type TrackEntry = {
  /** Its name in a sentence and on a mixer. */
  readonly label: string
  /** Whose notes it plays: the performer's keys, the machine's, the band's, or nobody's but the session's own. */
  readonly players: readonly ('performer' | 'machine' | 'band')[]
  /** Whether the performer can record a loop on it; and the computer's keys that do, with a click and freely, as `KeyboardEvent.code` names it. */
  readonly loop: { readonly key?: string; readonly freeKey?: string } | null
  /** The voice that it has in our own sound, where it stands (−1 left to 1 right), and how much the room gives back. */
  readonly sound: TrackSound
  /** The part that plays the notes that a machine chose, where they have a part of their own. */
  readonly machine?: {
    readonly part: string
    readonly sound: TrackSound
    /** Its channel for what the machine plays by itself; the keys that it answers stay on the track's. */
    readonly midiChannel: number
  }
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
  /** How much two microphones over it give back, as over a drum kit: what makes it wide. None where they are left out. */
  readonly overheads?: number
  /** Its sound in a MIDI file, from 0; none where General MIDI's percussion plays. */
  readonly program?: number
}
