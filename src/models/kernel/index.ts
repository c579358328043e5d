/**
 * `models/kernel/`: the arithmetic of an engine, twice: in WebAssembly with SIMD (`assembly/`, compiled by the build),
 * and in plain TypeScript (`scalar.ts`), which it is tested against and which runs where there is no SIMD.
 */
export * from './heap.ts'
export * from './kernel.ts'
