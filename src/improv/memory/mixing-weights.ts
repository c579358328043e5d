/**
 * How much each expert's features weigh: a row an expert, a column a feature (`tellFeatures`). Learnt by
 * `npm run eval -- --fit --only memory` from those solos of the Weimar Jazz Database that `solo` has learnt from, each
 * with what its performer plays on other such tunes.
 */
// biome-ignore format: a row an expert
export const mixingWeights: readonly number[] = [
  // this session: interval
  -0.88, -0.77, -0.71, -0.38, -0.20, 0.05, 0.33, 0.37, 0.79, -0.50, -0.73, -2.29, 1.27, -0.40, -0.04,
  -0.62,
  // this session: pitch
  -0.66, -0.78, 0.15, 0.50, 0.65, 0.52, 0.7, 0.27, 0.66, -0.24, 0.37, -2.16, 0.33, 0.17, 0.0, -0.72,
  // this session: degree
  -1.59, -0.58, -0.08, 0.11, 0.24, 0.19, 0.21, 0.07, 0.09, -0.22, 0.24, -1.99, 0.85, 0.69, -0.24, -0.52,
  // the performer: interval
  -1.08, -0.12, -0.45, -0.62, -0.42, -0.17, 0.05, 0.21, 0.40, -0.51, -0.80, -1.57, 0.43, -0.61, 0.0, -0.97,
  // the performer: pitch
  -0.81, -0.40, -0.72, -0.46, -0.34, 0.19, 0.35, 0.28, 0.32, -0.29, -0.39, -1.80, 0.88, -0.34, 0.0, -0.73,
  // the performer: degree
  -0.97, -0.37, -0.50, -0.59, -0.04, 0.38, 0.19, 0.08, 0.30, -0.31, -0.48, -2.04, 0.94, -0.51, -0.35,
  -0.60,
]
