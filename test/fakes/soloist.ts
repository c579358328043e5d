import { createSoloist, type Soloist } from '../../src/improv/index.ts'
import { soloEncoding } from '../../src/models/encodings/solo.ts'
import { createEngine } from '../../src/models/index.ts'
import { randomNetwork } from '../random-network.ts'

/** A soloist of random taste, small and lively. */
export function randomSoloist(seed = 1): Soloist {
  const { inputs, classes } = soloEncoding
  const network = randomNetwork({ inputs, units: [12], classes }, seed, 3)
  const engine = createEngine(network)
  return createSoloist({ name: 'random', network, encoding: soloEncoding, engine, temperature: 1, notices: [] })
}
