import type { Device } from '../devices/index.ts'
import {
  type Evening,
  newPlayer,
  notesOf,
  type PlayedNote,
  type Player,
  type Remembered,
  type Soloist,
  withEvening,
  withoutEvening,
} from '../improv/index.ts'
import type { PlayerStore } from '../io/players/index.ts'
import { createLeadNotes, type LeadNote, ownNotes } from '../session/index.ts'

/** What a recorder of a player is put together from. */
export type PlayerRecorderOptions = {
  readonly store: PlayerStore
  /** Whose memory it is at first. */
  readonly name: string
  /** Names an evening that begins now, as nothing else is named; and the day. */
  readonly newEvening: () => Pick<Evening, 'id' | 'day'>
  /** Receives what went wrong, or null once all is well again. */
  readonly onTrouble: (error: unknown) => void
}

/** Keeps what a performer plays, evening by evening, and lets the soloist know it. */
export type PlayerRecorder = Device & {
  readonly name: string
  /** What is known of the performer, this evening included. */
  readonly player: Player
  /** What the lead has played this evening, whoever chose it. */
  lead(): readonly LeadNote[]
  /** What phrases go by: the newest of what both have played this evening, and of what the performer played before. */
  remembered(): Remembered
  /** Another performer plays from here on. */
  choose(name: string): Promise<void>
  /** The soloist has come. */
  meet(soloist: Soloist): void
  /** Stores what has been played. */
  flush(): Promise<void>
  /** Adds evenings of recordings or of another file. */
  add(evenings: readonly Evening[]): Promise<void>
  /** Forgets what has been played since the evening began. */
  forgetEvening(): Promise<void>
  /** Forgets all that is known of the performer. */
  forgetPlayer(): Promise<void>
}

/** How many notes are counted at each wake-up: few, for a key must not wait for them. */
const notesAWake = 400

/** At how many wake-ups of 25 ms what was played is stored: each ten seconds. */
const wakesAFlush = 400

/** An evening of more notes is kept in parts. */
const longestEvening = 8000

/** How many notes go with a question for a phrase, of this evening and of the performer: few, so that they get there in time. */
const [eveningNotes, performerNotes] = [500, 1000]

/** Makes a recorder of a player, which begins to read what is known. */
export function createPlayerRecorder({
  store,
  newEvening,
  onTrouble,
  ...options
}: PlayerRecorderOptions): PlayerRecorder {
  let { name } = options
  let player = newPlayer(name)
  let evening = newEvening()
  let lead = createLeadNotes()
  let soloist: Soloist | null = null
  /** What the soloist is still to learn, and how many notes of this evening it has learned or will. */
  let toLearn: readonly PlayedNote[] = []
  let learned = 0
  let wakes = 0
  let isGuest = false
  /** How much of the evening is stored. */
  let stored = 0
  let writing: Promise<unknown> = Promise.resolve()

  const learnAnew = () => {
    soloist?.forgetPerformer()
    toLearn = notesOf(withTonight(player))
    learned = ownNotes(lead.ended()).length
  }
  const attempt = (work: () => Promise<void>) => {
    const done = writing.then(work).then(
      () => onTrouble(null),
      (error) => onTrouble(error),
    )
    writing = done
    return done
  }
  const withTonight = (kept: Player): Player => {
    const notes = ownNotes(lead.ended())
    return notes.length === 0 ? kept : withEvening(kept, { ...evening, notes })
  }
  const beginEvening = () => {
    evening = newEvening()
    lead = createLeadNotes()
    learned = 0
    stored = 0
  }
  const keep = async (change: (kept: Player) => Player) => {
    player = (await store.change(name, (kept) => change(kept ?? newPlayer(name)))) ?? newPlayer(name)
  }
  const flush = () =>
    attempt(async () => {
      const notes = ownNotes(lead.ended()).length
      if (notes === stored) return
      await keep(withTonight)
      stored = notes
      if (lead.ended().length > longestEvening) beginEvening()
    })
  void attempt(async () => {
    player = withTonight((await store.read(name)) ?? newPlayer(name))
    learnAnew()
  })
  return {
    get name() {
      return name
    },
    get player() {
      return withTonight(player)
    },
    lead: () => lead.ended(),
    remembered() {
      const others = isGuest ? [] : player.evenings.filter(({ id }) => id !== evening.id)
      return {
        session: lead.ended().slice(-eveningNotes),
        performer: notesOf({ name, evenings: others }).slice(-performerNotes),
      }
    },
    meet(found) {
      soloist = found
      learnAnew()
    },
    flush,
    choose: async (other) => {
      if (other === name) return
      await flush()
      // Where this evening could not be stored, nobody takes its place.
      if (ownNotes(lead.ended()).length !== stored) return
      await attempt(async () => {
        const found = await store.read(other)
        name = other
        player = found ?? newPlayer(other)
        beginEvening()
        learnAnew()
      })
    },
    add: (evenings) =>
      attempt(async () => {
        await keep((kept) => evenings.reduce(withEvening, withTonight(kept)))
        learnAnew()
      }),
    forgetEvening: () =>
      attempt(async () => {
        const { id } = evening
        beginEvening()
        await keep((kept) => withoutEvening(kept, id))
        learnAnew()
      }),
    forgetPlayer: () =>
      attempt(async () => {
        beginEvening()
        await store.change(name, () => null)
        player = newPlayer(name)
        learnAnew()
      }),
    observe({ at }, effects, state) {
      isGuest = state.settings.guest
      if (effects.length > 0 && !isGuest) lead.observe(at, effects, state)
    },
    wake() {
      if (soloist && toLearn.length > 0) {
        soloist.learn(toLearn.slice(0, notesAWake))
        toLearn = toLearn.slice(notesAWake)
      }
      if (++wakes % wakesAFlush > 0) return
      const own = ownNotes(lead.ended())
      toLearn = [...toLearn, ...own.slice(learned)]
      learned = own.length
      void flush()
    },
    end: flush,
  }
}
