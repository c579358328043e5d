import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { membersBeside, noMpe, placeInZones, withZone } from './mpe.ts'

const channels = Array.from({ length: 16 }, (_, index) => index + 1)
const places = (zones: typeof noMpe) => channels.map((channel) => placeInZones(zones, channel)?.[1] ?? '-').join('')

describe('the zones of MPE', () => {
  it.each([
    [1, 15, 'aeeeeeeeeeeeeeee'],
    [1, 3, 'aeee------------'],
    [16, 2, '-------------eea'],
    [16, 15, 'eeeeeeeeeeeeeeea'],
    [1, 0, '----------------'],
  ])('with a master on channel %i and %i members are in their places', (master, members, expected) => {
    expect(places(withZone(noMpe, master, members))).toBe(expected)
  })

  it('take channels from each other, the later from the earlier', () => {
    const both = withZone(withZone(noMpe, 1, 7), 16, 7)
    expect(places(both)).toBe('aeeeeeeeeeeeeeea')
    expect(places(withZone(both, 16, 10))).toBe('aeeeeeeeeeeeeeea')
    expect(withZone(both, 16, 10)).toEqual({ lower: 4, upper: 10 })
    expect(withZone(both, 1, 15)).toEqual({ lower: 15, upper: 0 })
  })

  it('never share a channel', () => {
    const one = fc.tuple(fc.constantFrom(1, 16), fc.integer({ min: 0, max: 127 }))
    fc.assert(
      fc.property(fc.array(one), (all) => {
        const zones = all.reduce((now, [master, members]) => withZone(now, master, members), noMpe)
        const isAlone = zones.lower === 0 || zones.upper === 0
        expect(zones.lower + zones.upper).toBeLessThanOrEqual(isAlone ? 15 : 14)
        for (const channel of channels) {
          if (placeInZones(zones, channel) !== 'member') continue
          const beside = membersBeside(zones, channel)
          expect(beside).toContain(channel)
          for (const each of beside) expect(placeInZones(zones, each)).toBe('member')
        }
      }),
    )
  })
})
