/** Reads memory and does nothing else, in AssemblyScript: no engine that has to read its weights can be faster. */
export function read(at: usize, bytes: usize): void {
  const quarter = bytes >> 2
  const end = at + quarter
  let a = i32x4.splat(0)
  let b = a
  let c = a
  let d = a
  do {
    a = v128.xor(a, v128.xor(v128.load(at), v128.load(at, 16)))
    b = v128.xor(b, v128.xor(v128.load(at + quarter), v128.load(at + quarter, 16)))
    c = v128.xor(c, v128.xor(v128.load(at + 2 * quarter), v128.load(at + 2 * quarter, 16)))
    d = v128.xor(d, v128.xor(v128.load(at + 3 * quarter), v128.load(at + 3 * quarter, 16)))
    at += 32
  } while (at < end)
  v128.store(0, v128.xor(v128.xor(a, b), v128.xor(c, d)))
}
