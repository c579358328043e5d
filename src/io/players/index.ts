/**
 * `io/players/`: the memories of performers, kept from evening to evening. Where they are kept is for `node.ts` (a folder)
 * and `web.ts` (the browser's database).
 */
import type { Player } from '../../improv/index.ts'

/** Where the memories of performers are kept, by their names. */
export type PlayerStore = {
  names(): Promise<readonly string[]>
  /** What is known of somebody; null where that is nothing. Rejects with a `PlayerError` where it is damaged. */
  read(name: string): Promise<Player | null>
  /**
   * Changes what is kept in one step, so that two who write lose nothing. Resolves to what is kept then.
   *
   * @param change gets what is kept now, or null; null removes it.
   */
  change(name: string, change: (kept: Player | null) => Player | null): Promise<Player | null>
}

export * from './evening-of.ts'
export * from './played-notes.ts'
