import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparableName, readName } from './read-name.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('a name in any of the character sets that files have', () => {
  it('is read as UTF-8, whatever it says', () => {
    const words = fc.stringMatching(/^[\p{L}\p{N}]([\p{L}\p{N} ]{0,30}[\p{L}\p{N}])?$/u)
    fc.assert(
      fc.property(words, (name) => {
        expect(readName(utf8(name))).toBe(name)
      }),
    )
  })

  it.each([
    ['ベース', [0x83, 0x78, 0x81, 0x5b, 0x83, 0x58]],
    ['ﾍﾞｰｽ', [0xcd, 0xde, 0xb0, 0xbd]],
    ['低音', [0x92, 0xe1, 0x89, 0xb9]],
    ['ベース 1', [0x83, 0x78, 0x81, 0x5b, 0x83, 0x58, 0x20, 0x31]],
  ])('is read as Shift-JIS: %s', (name, bytes) => {
    expect(readName(Uint8Array.from(bytes))).toBe(name)
  })

  it.each([
    ['Bäß', [0x42, 0xe4, 0xdf]],
    ['Über', [0xdc, 0x62, 0x65, 0x72]],
    ['Basse à 4 cordes', [...utf8('Basse '), 0xe0, ...utf8(' 4 cordes')]],
    ['Bob’s Bass', [...utf8('Bob'), 0x92, ...utf8('s Bass')]],
    ["Synthé' 2", [...utf8('Synth'), 0xe9, ...utf8("' 2")]],
  ])('is read as Latin-1: %s', (name, bytes) => {
    expect(readName(Uint8Array.from(bytes))).toBe(name)
  })

  it('is fit for a terminal, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const name = readName(bytes)
        expect(name).not.toMatch(/\p{Cc}|\p{Cf}/u)
        expect([...name].length).toBeLessThanOrEqual(100)
      }),
    )
    expect(readName(utf8('Ba\u001b[31mss\u202e\n'))).toBe('Ba [31mss')
  })
})

it('names are compared without case, width and accents', () => {
  expect(comparableName('ﾍﾞｰｽ')).toBe(comparableName('ベース'))
  expect(comparableName('BAJO Eléctrico')).toBe('bajo electrico')
})
