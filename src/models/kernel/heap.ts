import { kernelBytes } from './kernel.generated.ts'
import type { Kernel } from './kernel.ts'
import { scalarKernel } from './scalar.ts'

/** A stretch of memory with the kernel that works on it. */
export type Heap = { readonly buffer: ArrayBuffer; readonly kernel: Kernel }

/** Makes a heap of at least `bytes` bytes, all zeros. */
export type HeapFactory = (bytes: number) => Heap

const pageBytes = 65_536
let compiled: WebAssembly.Module | undefined

/** A heap whose kernel is WebAssembly with SIMD. */
export const wasmHeap: HeapFactory = (bytes) => {
  compiled ??= new WebAssembly.Module(kernelBytes)
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) })
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } })
  return { buffer: memory.buffer, kernel: exports as unknown as Kernel }
}

/** A heap whose kernel is TypeScript: the other one is tested against it, and it runs where there is no SIMD. */
export const scalarHeap: HeapFactory = (bytes) => {
  const buffer = new ArrayBuffer(Math.ceil(bytes / 4) * 4)
  return { buffer, kernel: scalarKernel(buffer) }
}

let runsWasm: boolean | undefined

/** The fastest heap that runs here. */
export const fastestHeap: HeapFactory = (bytes) => {
  runsWasm ??= typeof WebAssembly === 'object' && WebAssembly.validate(kernelBytes)
  return runsWasm ? wasmHeap(bytes) : scalarHeap(bytes)
}
