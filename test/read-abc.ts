import abcjs from 'abcjs'
import { expect } from 'vitest'
import type { Beats, MidiPitch } from '../src/music/index.ts'

// abcjs reads back what we write, and is the judge of it.

/** A note that a player of the ABC would play. */
type Heard = { pitch: MidiPitch; beat: Beats; beats: Beats }

type Element = {
  el_type: string
  duration?: number
  tripletMultiplier?: number
  endTriplet?: boolean
}
type Tune = {
  warnings?: string[]
  lines: { staff?: { voices: Element[][] }[] }[]
  setUpAudio(): { tracks: { cmd: string; pitch: number; start: number; duration: number }[][] }
}

/** What abcjs makes of it, without a complaint. */
function read(abc: string): Tune {
  const [tune] = abcjs.parseOnly(abc) as unknown as Tune[]
  expect(tune?.warnings, abc).toBeUndefined()
  // A whole measure's rest it draws well, but counts only the first group's units, where the metre is (1+3)/4.
  const [counted] = abcjs.parseOnly(abc.replace(/^M:\((.*)\)/m, (_, groups) => `M:${sum(groups)}`)) as unknown as Tune[]
  return counted as Tune
}

const sum = (groups: string) => groups.split('+').reduce((units, group) => units + Number(group), 0)

/** How long each measure of each voice is. */
export function measureLengths(abc: string): Beats[][] {
  const lengths: Beats[][] = []
  for (const { staff = [] } of read(abc).lines) {
    for (const [index, voice] of staff.flatMap(({ voices }) => voices).entries()) {
      let length = 0
      let factor = 1
      for (const { el_type, duration = 0, tripletMultiplier, endTriplet } of voice) {
        factor = tripletMultiplier ?? factor
        if (el_type === 'note') length += duration * factor * 4
        if (endTriplet) factor = 1
        if (el_type !== 'bar' || length === 0) continue
        lengths[index] = [...(lengths[index] ?? []), length]
        length = 0
      }
    }
  }
  return lengths
}

/** What a player of the ABC would play. */
export function heard(abc: string, voice = 0): Heard[] {
  const track = read(abc).setUpAudio().tracks[voice] ?? []
  const near = (value: number) => Math.round(value * 4 * 48) / 48
  return track
    .filter(({ cmd }) => cmd === 'note')
    .map(({ pitch, start, duration }) => ({ pitch, beat: near(start), beats: near(duration) }))
    .sort((a, b) => a.beat - b.beat || a.pitch - b.pitch)
}
