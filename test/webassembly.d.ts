/** As much of WebAssembly as a pure room needs: it is neither the page's nor Node's, but TypeScript counts it as the page's. */
declare namespace WebAssembly {
  function validate(bytes: Uint8Array): boolean
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Memory {
    readonly buffer: ArrayBuffer
    constructor(size: { initial: number })
  }
  class Instance {
    readonly exports: object
    constructor(module: Module, imports: Record<string, Record<string, Memory>>)
  }
}
