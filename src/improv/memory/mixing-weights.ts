// biome-ignore format: a row an expert
/** What experts of pitches are weighed by: a row an expert, a column a feature (`tellFeatures`). Learnt by
 * `npm run eval -- --fit --only memory` from solos of the Weimar Jazz Database of the training tunes, each with what its
 * performer plays on other such tunes, by models that had not learnt from those very solos.
 */
export const mixingWeights: readonly number[] = [
  // this session: interval
  0.02, 0.032, 0.035, 0.036, 0.039, 0.019, 0.044, 0.061, 0.048, 0.083, -0.009, 0.011, 0.157, -0.135, -0.533, 0.09,
  // this session: pitch
  0.189, 0.021, 0.031, 0.053, 0.087, 0.087, 0.086, -0.031, 0.008, -0.298, 0.3, -0.211, -0.167, 0.079, 0, -0.06,
  // this session: degree
  0.094, 0.019, 0.034, 0.069, 0.071, 0.042, 0.064, 0.055, -0.028, -0.17, 0.195, -0.163, -0.146, 0.112, 0.039, -0.045,
  // the performer: interval
  0.044, -0.067, -0.017, -0.019, -0.011, -0.026, -0.042, -0.025, -0.033, 0.063, -0.071, 0.138, 0.245, -0.123, 0, 0.007,
  // the performer: pitch
  0.062, -0.068, -0.042, -0.013, -0.001, -0.001, 0.049, 0.018, -0.028, -0.049, 0.024, 0.043, 0.076, 0.004, 0, -0.033,
  // the performer: degree
  -0.092, 0.084, 0.105, 0.14, 0.159, 0.181, 0.171, 0.177, 0.208, -0.042, 0.027, 0.055, 0.114, -0.028, 0.021, -0.044,
]
