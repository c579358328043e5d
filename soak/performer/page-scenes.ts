import type { PanelId } from '../../src/web/panels/panel-list.ts'
import { type Hands, type Moves, type PageDeed, rest, strike } from './hands.ts'
import type { Scene } from './scenes.ts'

/** What is looked at. */
export const panels: readonly PanelId[] = ['score', 'songs', 'settings', 'keep', 'trust', 'help']

/** Panels are opened one after the other, while the music goes on. */
function* looks(hands: Hands): Moves {
  const { chance } = hands
  for (let count = chance.whole(1, 3); count > 0; count--) {
    yield* deed(hands, { type: 'look', panel: chance.of(panels), seconds: chance.between(0.2, 2) })
  }
}

/** A call comes in while keys are down. */
function* call(hands: Hands): Moves {
  const { chance } = hands
  for (let key = chance.whole(0, 4); key > 0; key--) yield* strike(hands, chance.whole(36, 84))
  yield* deed(hands, { type: 'call', seconds: chance.between(0.2, 4) })
  yield* rest(hands, 1)
}

function* silentInstrument(hands: Hands): Moves {
  yield* deed(hands, { type: 'silence', seconds: hands.chance.between(0.1, 3) })
}

function* save(hands: Hands): Moves {
  yield* deed(hands, { type: 'save' })
}

function* open(hands: Hands): Moves {
  yield* deed(hands, { type: 'open' })
}

/** The page is loaded anew, or dies. */
function* reload({ chance, see }: Hands): Moves {
  yield { at: see().now + 0.1, type: 'crash', stored: chance.of(['all', 'some']) }
}

function* deed({ chance, see }: Hands, deed: PageDeed): Moves {
  yield { at: see().now + chance.between(0.1, 1), type: 'page', deed }
}

/** What a performer does before a page, beside everything else. */
export const pageScenes: readonly Scene[] = [
  { name: 'looks', weight: 4, moves: looks },
  { name: 'call', weight: 2, moves: call },
  { name: 'silent instrument', weight: 1, moves: silentInstrument },
  { name: 'save', weight: 3, moves: save },
  { name: 'open', weight: 2, moves: open },
  { name: 'reload', weight: 3, moves: reload },
]
