import { stepClasses, stepOf, type Twelfths } from '../../models/index.ts'
import type { RhythmRecall } from '../memory/index.ts'
import { courseAfter, createPocket, freeKinds, type Lean, type PocketCourse } from '../pocket.ts'

/** The pocket dial, for when the next note comes. */
export type RhythmPocket = {
  /**
   * Adds to the bias of the steps what the dial asks for: nothing at 0, and where nobody is known.
   *
   * @param steps the model's scores. @param bias −∞ where a step is ruled out.
   */
  lean(bias: Float64Array, steps: Float32Array, choice: { readonly pocket: number; readonly temperature: number }): void
  /** The step that was chosen after that. */
  chose(token: number): void
}

/** @param recall knows the performer's rhythm. */
export function createRhythmPocket(recall: RhythmRecall): RhythmPocket {
  const pocket = createPocket(stepClasses)
  const performer = new Float64Array(stepClasses)
  let course: PocketCourse | null = null
  let lean: Lean | null = null
  return {
    lean(bias, steps, choice) {
      lean = null
      if (choice.pocket === 0 || !bias.some(Number.isFinite)) return
      const distances = recall.performed()
      if (!distances) return
      for (let token = 0; token < stepClasses; token++) performer[token] = distances[stepOf(token).distance] as number
      lean = pocket.lean(bias, steps, performer, kinds, choice, course)
    },
    chose(token) {
      course = lean && courseAfter(course, lean, token)
    },
  }
}

/** The longest of each free kind of distance: as many notes stay short, and as many long. Longer ones are guarded. */
const longest: readonly Twelfths[] = [2, 4, 6, 9, 12, 24]

const kinds = Uint8Array.from({ length: stepClasses }, (_, token) => {
  const kind = longest.findIndex((most) => stepOf(token).distance <= most)
  return kind < 0 ? freeKinds : kind
})
