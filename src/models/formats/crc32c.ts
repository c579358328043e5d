const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  return crc
})

/**
 * The checksum CRC-32C (Castagnoli, RFC 3720) of some bytes, masked as LevelDB and TensorFlow store it, so
 * that a checksum over bytes that hold checksums stays a good one.
 */
export function maskedCrc32c(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) crc = (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8)
  crc = ~crc
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}
