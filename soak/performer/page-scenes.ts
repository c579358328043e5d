import type { PanelId } from '../../src/web/panels/index.ts'
import { type Hands, type Moves, type PageAction, rest, strike } from './hands.ts'
import type { Scene } from './scenes.ts'

/** The panels that are opened. */
export const panels: readonly PanelId[] = ['score', 'songs', 'settings', 'player', 'files', 'help']

/** Opens panels one after the other while the music goes on. */
function* viewPanels(hands: Hands): Moves {
  const { chance } = hands
  for (let count = chance.whole(1, 3); count > 0; count--) {
    yield* act(hands, { type: 'view-panel', panel: chance.of(panels), seconds: chance.between(0.2, 2) })
  }
}

/** A phone call comes while keys are down. */
function* phoneCall(hands: Hands): Moves {
  const { chance } = hands
  for (let key = chance.whole(0, 4); key > 0; key--) yield* strike(hands, chance.whole(36, 84))
  yield* act(hands, { type: 'phone-call', seconds: chance.between(0.2, 4) })
  yield* rest(hands, 1)
}

function* powerOff(hands: Hands): Moves {
  yield* act(hands, { type: 'power-off', seconds: hands.chance.between(0.1, 3) })
}

function* save(hands: Hands): Moves {
  yield* act(hands, { type: 'save' })
}

function* open(hands: Hands): Moves {
  yield* act(hands, { type: 'open' })
}

/** The page is reloaded, or dies. */
function* reload({ chance, see }: Hands): Moves {
  yield { at: see().now + 0.1, type: 'crash', stored: chance.of(['all', 'some']) }
}

function* act({ chance, see }: Hands, action: PageAction): Moves {
  yield { at: see().now + chance.between(0.1, 1), type: 'page', action }
}

/** Scenes that only a page has. */
export const pageScenes: readonly Scene[] = [
  { name: 'panels', weight: 4, moves: viewPanels },
  { name: 'phone call', weight: 2, moves: phoneCall },
  { name: 'power off', weight: 1, moves: powerOff },
  { name: 'save', weight: 3, moves: save },
  { name: 'open', weight: 2, moves: open },
  { name: 'reload', weight: 3, moves: reload },
]
