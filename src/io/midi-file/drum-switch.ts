/** A channel that an exclusive message makes drums, or no drums. */
export type DrumSwitch = { readonly channel: number; readonly isDrums: boolean }

/**
 * Reads Roland GS's “use for rhythm part” (40 1x 15) and Yamaha XG's “part mode” (08 nn 07).
 *
 * @param data an exclusive message without its first byte, 0xf0.
 * @returns the channel, from 0; null for any other message.
 */
export function drumSwitch(data: Uint8Array): DrumSwitch | null {
  const [maker, , model, fourth, fifth, sixth = 0, seventh, eighth = 0] = data
  if (maker === 0x41 && model === 0x42 && fourth === 0x12 && fifth === 0x40 && sixth >> 4 === 1 && seventh === 0x15) {
    return { channel: gsChannel(sixth & 15), isDrums: eighth > 0 }
  }
  if (maker === 0x43 && model === 0x4c && fourth === 0x08 && (fifth ?? 16) < 16 && sixth === 0x07) {
    return { channel: fifth ?? 0, isDrums: (seventh ?? 0) > 0 }
  }
  return null
}

/** GS counts its parts from the drums: part 0 is on the tenth channel, 1 to 9 on the first nine. */
function gsChannel(part: number): number {
  if (part === 0) return 9
  return part < 10 ? part - 1 : part
}
