/**
 * The model engine's inner loops, in AssemblyScript with 128-bit SIMD. `../scalar.ts` says in plain TypeScript
 * what each function does and is tested to agree; `../kernel.ts` is how both are called.
 *
 * Addresses are in bytes. Weights come in panels of 8 columns, and 4 panels are read side by side: large weights
 * don't stay in the cache, and memory fetches four streams ahead faster than one. `do … while` is twice as fast here
 * as `for`: the compiler keeps the eight accumulators in registers.
 */

const row: usize = 8 * sizeof<f32>()
const block: usize = 4 * row

export function gather(
  weights: usize,
  bias: usize,
  y: usize,
  blocks: i32,
  entries: usize,
  count: i32,
  rows: i32,
): void {
  const panel = <usize>rows * row
  const end = entries + ((<usize>count) << 3)
  do {
    let a0 = v128.load(bias)
    let a1 = v128.load(bias, 16)
    let a2 = v128.load(bias, 32)
    let a3 = v128.load(bias, 48)
    let a4 = v128.load(bias, 64)
    let a5 = v128.load(bias, 80)
    let a6 = v128.load(bias, 96)
    let a7 = v128.load(bias, 112)
    for (let entry = entries; entry != end; entry += 8) {
      const x = v128.load32_splat(entry, 4)
      let at = weights + <usize>load<u32>(entry) * row
      a0 = f32x4.add(a0, f32x4.mul(x, v128.load(at)))
      a1 = f32x4.add(a1, f32x4.mul(x, v128.load(at, 16)))
      at += panel
      a2 = f32x4.add(a2, f32x4.mul(x, v128.load(at)))
      a3 = f32x4.add(a3, f32x4.mul(x, v128.load(at, 16)))
      at += panel
      a4 = f32x4.add(a4, f32x4.mul(x, v128.load(at)))
      a5 = f32x4.add(a5, f32x4.mul(x, v128.load(at, 16)))
      at += panel
      a6 = f32x4.add(a6, f32x4.mul(x, v128.load(at)))
      a7 = f32x4.add(a7, f32x4.mul(x, v128.load(at, 16)))
    }
    v128.store(y, a0)
    v128.store(y, a1, 16)
    v128.store(y, a2, 32)
    v128.store(y, a3, 48)
    v128.store(y, a4, 64)
    v128.store(y, a5, 80)
    v128.store(y, a6, 96)
    v128.store(y, a7, 112)
    weights += 4 * panel
    bias += block
    y += block
  } while (--blocks)
}

export function dense(weights: usize, bias: usize, y: usize, blocks: i32, x: usize, rows: i32): void {
  const panel = <usize>rows * row
  const end = x + ((<usize>rows) << 2)
  do {
    let a0 = v128.load(bias)
    let a1 = v128.load(bias, 16)
    let a2 = v128.load(bias, 32)
    let a3 = v128.load(bias, 48)
    let a4 = v128.load(bias, 64)
    let a5 = v128.load(bias, 80)
    let a6 = v128.load(bias, 96)
    let a7 = v128.load(bias, 112)
    let input = x
    do {
      const value = v128.load32_splat(input)
      let at = weights
      a0 = f32x4.add(a0, f32x4.mul(value, v128.load(at)))
      a1 = f32x4.add(a1, f32x4.mul(value, v128.load(at, 16)))
      at += panel
      a2 = f32x4.add(a2, f32x4.mul(value, v128.load(at)))
      a3 = f32x4.add(a3, f32x4.mul(value, v128.load(at, 16)))
      at += panel
      a4 = f32x4.add(a4, f32x4.mul(value, v128.load(at)))
      a5 = f32x4.add(a5, f32x4.mul(value, v128.load(at, 16)))
      at += panel
      a6 = f32x4.add(a6, f32x4.mul(value, v128.load(at)))
      a7 = f32x4.add(a7, f32x4.mul(value, v128.load(at, 16)))
      weights += row
      input += 4
    } while (input != end)
    weights += 3 * panel
    v128.store(y, a0)
    v128.store(y, a1, 16)
    v128.store(y, a2, 32)
    v128.store(y, a3, 48)
    v128.store(y, a4, 64)
    v128.store(y, a5, 80)
    v128.store(y, a6, 96)
    v128.store(y, a7, 112)
    bias += block
    y += block
  } while (--blocks)
}

export function gates(z: usize, c: usize, h: usize, size: i32): void {
  const gate = <usize>size << 2
  const end = c + gate
  do {
    const i = v128.load(z)
    const j = v128.load(z + gate)
    const f = v128.load(z + 2 * gate)
    const o = v128.load(z + 3 * gate)
    const kept = f32x4.mul(v128.load(c), sigmoid(f32x4.add(f, f32x4.splat(1))))
    const cell = f32x4.add(kept, f32x4.mul(sigmoid(i), tanh(j)))
    v128.store(c, cell)
    v128.store(h, f32x4.mul(tanh(cell), sigmoid(o)))
    z += 16
    c += 16
    h += 16
  } while (c != end)
}

export function attend(
  query: usize,
  features: usize,
  v: usize,
  window: usize,
  shares: usize,
  y: usize,
  length: i32,
  size: i32,
): void {
  const bytes = <usize>size << 2
  const end = shares + (<usize>length << 2)
  let most = -f32.MAX_VALUE
  for (let share = shares; share != end; share += 4) {
    let sum = f32x4.splat(0)
    for (let k: usize = 0; k < bytes; k += 16) {
      const match = tanh(f32x4.add(v128.load(features + k), v128.load(query + k)))
      sum = f32x4.add(sum, f32x4.mul(v128.load(v + k), match))
    }
    const halves = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1))
    const score = f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1)
    store<f32>(share, score)
    most = max(most, score)
    features += bytes
  }
  let total: f32 = 0
  for (let share = shares; share != end; share += 4) {
    const weight = f32x4.extract_lane(exp(f32x4.splat(load<f32>(share) - most)), 0)
    store<f32>(share, weight)
    total += weight
  }
  for (let k: usize = 0; k < bytes; k += 16) {
    let sum = f32x4.splat(0)
    let past = window + k
    for (let share = shares; share != end; share += 4) {
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(share), v128.load(past)))
      past += bytes
    }
    v128.store(y + k, f32x4.div(sum, f32x4.splat(total)))
  }
}

function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1)
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))))
}

function tanh(x: v128): v128 {
  const one = f32x4.splat(1)
  return f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(one, exp(f32x4.add(x, x)))))
}

/** Cephes' expf: 2^n times a polynomial of the rest, clamped to where float32 ends. */
function exp(x: v128): v128 {
  const clamped = f32x4.min(f32x4.max(x, f32x4.splat(-87)), f32x4.splat(88))
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.44269504088896341)))
  const high = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)))
  const r = f32x4.add(high, f32x4.mul(n, f32x4.splat(2.1219444e-4)))
  let p = f32x4.splat(1.98756915e-4)
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1))
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1))
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23)
  return f32x4.mul(p, exponent)
}
