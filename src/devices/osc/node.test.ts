import { describe, expect, it } from 'vitest'
import { oscPeers, soon } from '../../../test/osc-peers.ts'
import { openCheckpoint } from '../../io/checkpoints/node.ts'
import { createModelClient } from '../../runtime/index.ts'
import { drumLoop, replay } from '../../session/index.ts'
import { createWallClock, type OscMessage, timeTag, writeOsc } from './index.ts'
import { openOscPort } from './node.ts'

// Node runs JavaScript, so the models' worker is the compiled one; `npm test` has just made it.
const { spawnNodeWorker } = await import(new URL('../../../dist/runtime/worker/node.js', import.meta.url).href)

const { toEnd, open, socket, scripted, host } = oscPeers()

/** ML-Jam's knobs and buttons, by the nanoKONTROL2's controllers. */
const nano = { record: 65, newGroove: 66, improvise: 68, stop: 42, muteClick: 48 }

describe('a setup of ML-Jam', () => {
  it('plays bass, gets drums, and has forty notes of a solo answered, without another server', async () => {
    const models = createModelClient(spawnNodeWorker)
    toEnd.push(() => models.end())
    for (const part of ['drums', 'feel', 'melody'] as const) models.load(part, await openCheckpoint(part))
    const supercollider = await scripted()
    const { port, loop, events, effects } = await host(supercollider.port, models.ask)
    const press = (controller: number) => {
      for (const value of [127, 0]) supercollider.send(port.port, '/ccevent', value, controller, 0, 1)
    }
    // A take that a slow machine can't outlast: Record ends it.
    const settings = { tempo: 400, measures: 16, 'count-in': 0, live: 0, 'hand-over': 0, notes: 20 } as const
    for (const [setting, value] of Object.entries(settings))
      supercollider.send(port.port, `/tradefours/set/${setting}`, value)
    const nanoKontrol = writeOsc([{ address: '/tradefours/controller', types: 's', values: ['nanokontrol2'] }])
    const hands = await socket()
    hands.send(nanoKontrol, port.port, '127.0.0.1')
    await soon(() => [loop.state.settings.live, Object.keys(loop.state.controls.bindings).length > 10]).toEqual([
      false,
      true,
    ])

    // The bass: three notes, a second press, and the loop goes round without hands.
    press(nano.record)
    await soon(() => loop.state.recording.armed).not.toBeNull()
    for (const pitch of [36, 38, 43]) {
      supercollider.send(port.port, '/processnoteon', pitch, 100)
      await soon(() => supercollider.pitches('/playbass')).toContain(pitch)
      supercollider.send(port.port, '/processnoteoff', pitch, 0)
      await soon(() => supercollider.pitches('/stopbass')).toContain(pitch)
    }
    press(nano.record)
    await soon(() => loop.state.material.loops.bass?.notes.length).toBeGreaterThan(0)
    const bass = loop.state.material.loops.bass?.notes.map(({ pitch }) => pitch) ?? []
    const played = supercollider.pitches('/playbass').length
    await soon(() => supercollider.pitches('/playbass').length).toBeGreaterThan(played + 3 * bass.length)
    expect(new Set(supercollider.pitches('/playbass').slice(played))).toEqual(new Set(bass))

    // The drums.
    await soon(() => supercollider.heard.map(({ address }) => address)).toContain('/playkick')
    press(nano.newGroove)
    await soon(() => loop.state.material.grooves.length).toBe(1)
    expect(drumLoop(loop.state.material, loop.state.transport.form.metre, loop.state.settings)).not.toBeNull()

    // The solo: twenty of the player's own pitches, then twenty of the model's.
    press(nano.improvise)
    await soon(() => loop.state.settings.improvise).toBe(true)
    const solo = Array.from({ length: 40 }, (_, index) => 60 + ((7 * index) % 24))
    const expected: number[] = []
    for (const [index, pitch] of solo.entries()) {
      if (index === 20) await soon(() => loop.state.trading.trade.queue.length).toBeGreaterThan(0)
      const [answer = pitch] = loop.state.trading.trade.queue
      expected.push(answer)
      supercollider.send(port.port, '/processnoteon', pitch, 80)
      await soon(() => supercollider.pitches('/playwurly').length).toBe(index + 1)
      supercollider.send(port.port, '/processnoteoff', pitch, 0)
      await soon(() => supercollider.pitches('/stopnote').length).toBe(index + 1)
    }
    expect(supercollider.pitches('/playwurly')).toEqual(expected)
    expect(supercollider.pitches('/stopnote')).toEqual(expected)
    expect(expected.slice(0, 20)).toEqual(solo.slice(0, 20))
    const ask = effects.find((effect) => effect.type === 'ask' && effect.job === 'melody')
    expect(ask?.type === 'ask' && ask.job === 'melody' && ask.question.call.map(({ pitch }) => pitch)).toEqual(
      solo.slice(0, 20),
    )
    const { melody } = loop.state.trading
    expect(melody.slice(0, 20).map(({ pitch }) => pitch)).toEqual(expected.slice(20).slice(0, melody.length))

    press(nano.stop)
    await soon(() => supercollider.heard.at(-1)?.address).toBe('/allnotesoff')
    const again = [...replay({ seed: 7, events })]
    expect(again.flatMap((each) => each.effects)).toEqual(effects)
    expect(again.at(-1)?.state.material).toEqual(loop.state.material)
  }, 300_000)
})

describe('a port', () => {
  it('says in a sentence why it does not open', async () => {
    const { port } = await open(() => {})
    const taken = await openOscPort({ port }, () => {})
    expect(taken).toMatchObject({ trouble: expect.stringMatching(/^Another program listens on UDP port \d+ of 127/) })
    const elsewhere = await openOscPort({ host: '203.0.113.7', port: 0 }, () => {})
    expect(elsewhere).toMatchObject({ trouble: expect.stringContaining('no address 203.0.113.7') })
  })

  it('waits for the time of a bundle, and gives its messages that time, in their order', async () => {
    const heard: [string, number][] = []
    const { port } = await open(({ address }, at) => heard.push([address, at]))
    const hands = await socket()
    const wallClock = createWallClock()
    // Later than the slowest machine takes to read the others.
    const due = performance.now() + 2000
    const out = (address: string) => ({ address, types: '', values: [] })
    for (const packet of [
      writeOsc([out('/later'), out('/then')], timeTag(wallClock(due))),
      writeOsc([out('/late')], timeTag(wallClock(due - 10_000))),
      writeOsc([out('/now')]),
    ])
      hands.send(packet, port, '127.0.0.1')
    await soon(() => heard.map(([address]) => address)).toEqual(['/late', '/now', '/later', '/then'])
    expect(heard.slice(2).map(([, at]) => Math.abs(at - due) < 2)).toEqual([true, true])
  })

  it('says what it can’t read or wait for, once each', async () => {
    const said: string[] = []
    const heard: OscMessage[] = []
    const port = await openOscPort(
      { port: 0 },
      (message) => heard.push(message),
      (sentence) => said.push(sentence),
    )
    if ('trouble' in port) throw new Error(port.trouble)
    toEnd.push(port.end)
    const hands = await socket()
    const wallClock = createWallClock()
    const soonMs = performance.now() + 30_000
    const bundle = (count: number, at: number) =>
      writeOsc(
        Array.from({ length: count }, () => ({ address: '/a', types: '', values: [] })),
        timeTag(wallClock(at)),
      )
    const packets = [Buffer.from('nonsense'), Buffer.from('nonsense'), bundle(1, soonMs + 3_600_000)]
    for (const packet of [...packets, ...Array.from({ length: 17 }, () => bundle(250, soonMs))]) {
      hands.send(packet, port.port, '127.0.0.1')
    }
    await soon(() => port.refused).toBe(3 + 17 * 250 - 4096)
    expect(said).toEqual([
      expect.stringMatching(/^A packet that is no Open Sound Control was passed over: .*\.$/),
      expect.stringMatching(/^A bundle for more than a minute ahead was passed over: .*\.$/),
      expect.stringMatching(/^More than 4096 messages wait for their times, .*\.$/),
    ])
    expect(heard).toEqual([])
  })
})
