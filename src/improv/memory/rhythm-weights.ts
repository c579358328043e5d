/** placeholder */
export const distanceWeights: readonly number[] = Array.from({ length: 32 }, () => 0)
export const lengthWeights: readonly number[] = Array.from({ length: 32 }, () => 0)
