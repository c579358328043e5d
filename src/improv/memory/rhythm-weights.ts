// biome-ignore format: a row an expert
/** What experts of distances are weighed by: a row an expert, a column a feature (`tellFeatures`). Learnt by
 * `npm run eval -- --fit --only memory` from solos of the Weimar Jazz Database of the training tunes, each with what its
 * performer plays on other such tunes, by the shipped `phrase`, which knows them: so memories get rather too little.
 */
export const distanceWeights: readonly number[] = [
  // this session
  -0.082, 0.022, 0.034, 0.049, 0.04, 0.041, 0.042, 0, 0, 0.025, 0.031, -0.016, 0.039, 0.02, -0.324, 0.038,
  // the performer
  0.143, -0.083, -0.093, -0.078, -0.095, -0.076, -0.083, 0, 0, -0.043, 0.022, -0.042, -0.018, -0.025, -0.028, -0.015,
]

// biome-ignore format: a row an expert
/** What experts of lengths are weighed by: a row an expert, a column a feature (`tellFeatures`). Learnt by
 * `npm run eval -- --fit --only memory` from solos of the Weimar Jazz Database of the training tunes, each with what its
 * performer plays on other such tunes, by the shipped `phrase`, which knows them: so memories get rather too little.
 */
export const lengthWeights: readonly number[] = [
  // this session
  0.027, 0.118, 0.113, 0.121, 0, 0, 0, 0, 0, 0.104, 0.021, -0.221, -0.198, 0.055, 0.156, 0.024,
  // the performer
  -0.063, 0.048, 0.078, 0.088, 0, 0, 0, 0, 0, -0.035, 0.059, -0.06, 0, 0.017, -0.029, -0.011,
]
