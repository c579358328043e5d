import { blockColumns, type Kernel, panelColumns } from './kernel.ts'

/** What the WebAssembly kernel computes, said plainly. */
export function scalarKernel(buffer: ArrayBuffer): Kernel {
  const floats = new Float32Array(buffer)
  const integers = new Uint32Array(buffer)
  const at = (address: number) => floats[address >> 2] as number
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

  return {
    gather(weights, bias, y, blocks, entries, count, rows) {
      for (let column = 0; column < blocks * blockColumns; column++) {
        const panel = weights + Math.floor(column / panelColumns) * rows * panelColumns * 4
        let sum = at(bias + column * 4)
        for (let entry = entries; entry < entries + count * 8; entry += 8) {
          const row = integers[entry >> 2] as number
          sum += at(entry + 4) * at(panel + (row * panelColumns + (column % panelColumns)) * 4)
        }
        floats[(y >> 2) + column] = sum
      }
    },

    dense(weights, bias, y, blocks, x, rows) {
      for (let column = 0; column < blocks * blockColumns; column++) {
        const panel = weights + Math.floor(column / panelColumns) * rows * panelColumns * 4
        let sum = at(bias + column * 4)
        for (let row = 0; row < rows; row++) {
          sum += at(x + row * 4) * at(panel + (row * panelColumns + (column % panelColumns)) * 4)
        }
        floats[(y >> 2) + column] = sum
      }
    },

    gates(z, c, h, size) {
      for (let unit = 0; unit < size; unit++) {
        const [i, j, f, o] = [0, 1, 2, 3].map((gate) => at(z + (gate * size + unit) * 4)) as [
          number,
          number,
          number,
          number,
        ]
        const cell = at(c + unit * 4) * sigmoid(f + 1) + sigmoid(i) * Math.tanh(j)
        floats[(c >> 2) + unit] = cell
        floats[(h >> 2) + unit] = Math.tanh(cell) * sigmoid(o)
      }
    },

    attend(query, features, v, window, shares, y, length, size) {
      const scores = Array.from({ length }, (_, t) => {
        let score = 0
        for (let k = 0; k < size; k++) {
          score += at(v + k * 4) * Math.tanh(at(features + (t * size + k) * 4) + at(query + k * 4))
        }
        return score
      })
      const most = Math.max(...scores)
      const weights = scores.map((score) => Math.exp(score - most))
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      floats.set(weights, shares >> 2)
      for (let k = 0; k < size; k++) {
        floats[(y >> 2) + k] =
          weights.reduce((sum, weight, t) => sum + weight * at(window + (t * size + k) * 4), 0) / total
      }
    },
  }
}
