/** Hands over what a microphone hears, some milliseconds at a time, with the moment on the context's clock. */
class Microphone extends AudioWorkletProcessor {
  process([[samples] = []]) {
    if (samples) this.port.postMessage({ samples: samples.slice(), at: currentTime })
    return true
  }
}

registerProcessor('microphone', Microphone)
