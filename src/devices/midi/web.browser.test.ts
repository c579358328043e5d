import { describe, expect, it } from 'vitest'
import { fakeMidiScript } from '../../../test/fakes/midi.ts'
import { openWebMidi } from './web.ts'

describe('MIDI in a real browser', () => {
  it('is a sentence where there is none, and never an exception', async () => {
    expect(await openWebMidi({} as Navigator)).toEqual({
      trouble: expect.stringMatching(/^This browser has no MIDI: /),
    })
    const found = await openWebMidi()
    if ('trouble' in found)
      expect(found.trouble).toMatch(/^(MIDI is not allowed|This system's MIDI does not open).*\.$/)
    else expect(found.inputs()).toBeInstanceOf(Array)
  })

  it('can be faked by a script alone', async () => {
    // biome-ignore lint/security/noGlobalEval: as a page runs a script that a test puts there.
    globalThis.eval(fakeMidiScript)
    const { fakeMidi } = globalThis as unknown as { fakeMidi: { plugIn(kind: string, name: string): void } }
    fakeMidi.plugIn('output', 'Synth')
    const found = await openWebMidi()
    expect('trouble' in found || found.outputs().map(({ id }) => id)).toEqual(['Synth'])
  })
})
