/**
 * The channels of a buffer, from a frame on, as samples of their own. In Node, what `getChannelData` gives is the buffer's
 * memory and goes with it: once nobody holds the buffer, it is somebody else's.
 */
export function channelsOf(buffer: AudioBuffer, from = 0): Float32Array<ArrayBuffer>[] {
  return Array.from({ length: buffer.numberOfChannels }, (_, index) => {
    const samples = new Float32Array(buffer.length - from)
    buffer.copyFromChannel(samples, index, from)
    return samples
  })
}
