import { createSoloist, type Soloist } from '../../src/improv/index.ts'
import { phraseEncoding } from '../../src/models/encodings/phrase.ts'
import { soloEncoding } from '../../src/models/encodings/solo.ts'
import { createEngine, type Model } from '../../src/models/index.ts'
import { randomNetwork } from '../random-network.ts'

/** A model of random taste that answers key presses, small and lively. */
export function randomModel(seed = 1, units = 12): Model {
  const { inputs, classes } = soloEncoding
  const network = randomNetwork({ inputs, units: [units], classes }, seed, 3)
  const engine = createEngine(network)
  return { name: 'random', network, encoding: soloEncoding, engine, temperature: 1, notices: [] }
}

/** A model of phrases of random taste, small and lively. */
export function randomPhraseModel(seed = 1, units = 8): Model {
  const { inputs, classes } = phraseEncoding
  const network = randomNetwork({ inputs, units: [units], classes }, seed, 3)
  return { ...randomModel(), network, encoding: phraseEncoding, engine: createEngine(network) }
}

/** A soloist of random taste. */
export function randomSoloist(seed = 1): Soloist {
  return createSoloist(randomModel(seed))
}
