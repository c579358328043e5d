import type { Hands, Moves } from './hands.ts'
import type { Scene } from './scenes.ts'

/**
 * Plays without end: the first scene, so that there is something to play to, and then scenes by chance.
 *
 * @param chosen called as each scene begins.
 */
export function* perform(hands: Hands, scenes: readonly Scene[], chosen: (scene: string) => void): Moves {
  const whole = scenes.reduce((sum, { weight }) => sum + weight, 0)
  for (let scene = scenes[0] as Scene; ; scene = next(scenes, hands.chance.between(0, whole))) {
    chosen(scene.name)
    yield* scene.moves(hands)
  }
}

/** The scene at a place along all weights. */
function next(scenes: readonly Scene[], place: number): Scene {
  let end = 0
  for (const scene of scenes) {
    end += scene.weight
    if (place < end) return scene
  }
  return scenes[0] as Scene
}
