// What comes with the package; a folder, an address or a .mag bundle is opened by its name, too.
import { openCheckpoint, shippedModels } from 'tradefours/checkpoints'
import { createModel } from 'tradefours/models'

for (const name of shippedModels()) {
  const { encoding, network } = createModel(await openCheckpoint(name), name)
  console.log(`${name}: ${encoding.name}, ${network.layers.length} × LSTM, ${network.classes} classes`)
}
// drums: metre-drums, 1 × LSTM, 512 classes
// feel: feel, 1 × LSTM, 20 classes
// melody: interval-melody, 2 × LSTM, 51 classes
// phrase: phrase, 1 × LSTM, 225 classes
// solo: solo, 2 × LSTM, 49 classes
