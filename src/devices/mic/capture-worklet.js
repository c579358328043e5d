// @ts-nocheck: what is here is known to worklets alone.

/** Hands the samples of its input over, with the context's frame at which they came. */
class Capture extends AudioWorkletProcessor {
  process([[samples]]) {
    if (samples) this.port.postMessage({ frame: currentFrame, samples: samples.slice() })
    return true
  }
}

registerProcessor('tradefours-capture', Capture)
