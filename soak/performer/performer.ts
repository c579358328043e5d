import type { Hands, Moves } from './hands.ts'
import type { Scene } from './scenes.ts'

/**
 * Plays for ever: the first scene, so that there is something to play to, and then whatever comes to mind.
 *
 * @param chosen told of each scene that begins.
 */
export function* perform(hands: Hands, scenes: readonly Scene[], chosen: (scene: string) => void): Moves {
  const whole = scenes.reduce((sum, { weight }) => sum + weight, 0)
  for (let scene = scenes[0] as Scene; ; scene = next(scenes, hands.chance.between(0, whole))) {
    chosen(scene.name)
    yield* scene.moves(hands)
  }
}

/** The scene in whose share of all weights a place is. */
function next(scenes: readonly Scene[], place: number): Scene {
  let end = 0
  for (const scene of scenes) {
    end += scene.weight
    if (place < end) return scene
  }
  return scenes[0] as Scene
}
