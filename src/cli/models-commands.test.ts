import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { runCli } from '../../test/run-cli.ts'
import { writeMidi } from '../io/midi-file/index.ts'
import { metre } from '../music/index.ts'
import { timeline } from '../timing/index.ts'

const oracles = join(import.meta.dirname, '..', 'models', 'oracles')
const drumKit = join(oracles, 'magenta', 'drum-kit')
const bundle = (name: string) => join(oracles, 'bundles', `${name}.mag`)

let folder: string
let server: Server
let address: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
  const song = { metre: metre(4, 4), timeline: timeline(120), length: 4 }
  const melody = [note(0, 60, 0.5), note(0.5, 64, 0.5), note(1, 67, 1), note(2.5, 30, 0.5)]
  writeFileSync(join(folder, 'call.mid'), writeMidi({ ...song, tracks: [{ name: '', channel: 1, notes: melody }] }))
  const beat = [note(0, 36, 0.25), note(1, 38, 0.25), note(1, 42, 0.25), note(3.75, 46, 0.25)]
  writeFileSync(join(folder, 'beat.mid'), writeMidi({ ...song, tracks: [{ name: '', channel: 10, notes: beat }] }))
  server = createServer(({ url = '' }, response) => {
    if (url.startsWith('/html')) response.end('<!doctype html><title>Not here</title>')
    else if (url.startsWith('/moved')) response.writeHead(302, { location: '/html' }).end()
    else if (url.startsWith('/broken')) response.writeHead(500).end()
    else if (url.startsWith('/basic.mag')) response.end(readFileSync(bundle('basic')))
    else if (url.startsWith('/drums/')) response.end(readFileSync(join(drumKit, url.slice('/drums/'.length))))
    else response.writeHead(404).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const call = () => join(folder, 'call.mid')
const beat = () => join(folder, 'beat.mid')
const json = async (...args: string[]) => {
  const { status, out, err } = await runCli(...args, '--json')
  expect([status, err]).toEqual([0, ''])
  return JSON.parse(out)
}

describe('tradefours continue', () => {
  it('gives the JSON of the contract', async () => {
    const answer = await json('continue', call(), '--model', bundle('basic'), '--steps', '20')
    expect(Object.keys(answer)).toEqual(['model', 'primer', 'tokens', 'logProbs'])
    expect(answer.model).toEqual({ encoding: 'basic', layers: [12, 16], attention: null })
    // C4, E4, G4 held, a rest, and F#1 folded up into the model's range; the last note's end is the primer's.
    expect(answer.primer).toEqual([14, 0, 18, 0, 21, 0, 0, 0, 1, 0, 8, 0])
    expect(answer.tokens).toHaveLength(20)
    for (const logProb of answer.logProbs) expect(logProb).toBeLessThanOrEqual(0)
  })

  it('repeats by seed, and differs by seed', async () => {
    const play = (seed: string) => json('continue', call(), '--model', bundle('basic'), '--steps', '40', '--seed', seed)
    expect(await play('3')).toEqual(await play('3'))
    expect((await play('3')).tokens).not.toEqual((await play('4')).tokens)
  })

  it('takes the likeliest at temperature 0, whatever the seed', async () => {
    const args = [
      'continue',
      call(),
      '--model',
      bundle('attention-first-cell'),
      '--encoding',
      'attention',
      '--steps',
      '16',
    ]
    const [one, other] = [
      await json(...args, '--temperature', '0', '--seed', '1'),
      await json(...args, '--temperature', '0'),
    ]
    expect(one).toEqual(other)
    expect(one.model).toEqual({ encoding: 'attention', layers: [9, 13], attention: 24 })
  })

  it('continues drums, from a folder as from an address', async () => {
    const args = ['continue', beat(), '--steps', '16', '--temperature', '0', '--model']
    const fromFolder = await json(...args, drumKit)
    expect(fromFolder.primer).toEqual([1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8])
    expect(await json(...args, `${address}/drums`)).toEqual(fromFolder)
    const { out } = await runCli(...args, drumKit)
    expect(out).toContain('drums, 16 steps of primer')
  })

  it('hears the drums of every track', async () => {
    const song = { metre: metre(4, 4), timeline: timeline(120), length: 4 }
    const kick = { name: 'Kick', channel: 10, notes: [note(0, 36, 0.25)] }
    const snare = { name: 'Snare', channel: 10, notes: [note(0, 38, 0.25), note(0.5, 38, 0.25)] }
    const path = join(folder, 'kit.mid')
    writeFileSync(path, writeMidi({ ...song, tracks: [snare, kick] }))
    const { primer } = await json('continue', path, '--steps', '1', '--model', drumKit)
    expect(primer).toEqual([3, 0, 2])
  })

  it('feeds a chart to models that take chords, and says so where one does not', async () => {
    const withChords = (chords: string) =>
      json(
        'continue',
        call(),
        '--model',
        bundle('chord-pitches'),
        '--steps',
        '16',
        '--temperature',
        '0',
        '--chords',
        chords,
      )
    expect((await withChords('Dm7 | G7')).logProbs).not.toEqual((await withChords('C | F#7')).logProbs)
    const { status, err } = await runCli(
      'continue',
      call(),
      '--model',
      bundle('basic'),
      '--steps',
      '4',
      '--chords',
      'C',
    )
    expect([status, err]).toEqual([0, expect.stringContaining('uses no chords')])
  })

  it('refuses what it can’t use with a sentence', async () => {
    const model = ['--model', bundle('basic'), '--steps', '4']
    const refused = async (...args: string[]) => {
      const { status, out, err } = await runCli('continue', ...args)
      expect([status, out, err.trimEnd().split('\n').length]).toEqual([1, '', 1])
      return err
    }
    expect(await refused(beat(), ...model)).toContain('no melody')
    expect(await refused(call(), '--model', drumKit, '--steps', '4')).toContain('channel 10')
    expect(await refused(call(), '--model', bundle('chord-pitches'), '--steps', '4', '--chords', 'C | H')).toContain(
      '“H”',
    )
    expect(await refused(call(), '--model', bundle('basic'), '--steps', '4', '--encoding', 'mono')).toContain(
      'try basic',
    )
    expect(await refused(call(), ...model, '--encoding', 'polka')).toContain('no encoding polka')
    const long = join(folder, 'long.mid')
    const held = [note(0, 60, 6000), note(1, 64, 0.5)]
    for (const [channel, args] of [
      [1, model],
      [10, ['--model', drumKit, '--steps', '4']],
    ] as const) {
      const song = { metre: metre(4, 4), timeline: timeline(120), length: 4 }
      writeFileSync(long, writeMidi({ ...song, tracks: [{ name: '', channel, notes: held }] }))
      expect(await refused(long, ...args)).toContain('longer than 20000 steps')
    }
    expect(await refused(join(folder, 'no.mid'), ...model)).toContain('no such file')
  })

  it('calls wrong usage by status 2', async () => {
    expect((await runCli('continue', call(), '--steps', '4')).status).toBe(2)
    expect((await runCli('continue', call(), '--model', 'x', '--steps', '0')).status).toBe(2)
    expect((await runCli('continue', call(), '--model', 'x', '--steps', '4', '--temperature', 'hot')).status).toBe(2)
  })
})

describe('tradefours models', () => {
  it('lists what comes with the package', async () => {
    const models = await json('models')
    expect((await runCli('models')).out.trim().split('\n')).toEqual(models.map(({ name }: { name: string }) => name))
  })

  it('looks into a bundle, and says what it ignores', async () => {
    const report = await json('models', 'inspect', bundle('lookback-adam'))
    expect(report).toMatchObject({ encoding: 'lookback', layers: [8, 12], attention: null, inputs: 121, classes: 40 })
    expect(report.ignored).toContain('beta1_power')
    expect((await runCli('models', 'inspect', bundle('attention-all-cells'))).out).toContain('around all layers')
  })

  it.skipIf(process.platform === 'win32')('looks into a pipe', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    spawn('sh', ['-c', 'cat "$1" > "$2"', 'sh', bundle('basic'), pipe], { stdio: 'ignore' })
    expect((await json('models', 'inspect', pipe)).encoding).toBe('basic')
  })

  it('looks into an address', async () => {
    expect((await json('models', 'inspect', `${address}/basic.mag`)).encoding).toBe('basic')
  })

  it('says where a config contradicts the tensors, which decide', async () => {
    const path = join(folder, 'contradiction')
    cpSync(join(oracles, 'magenta', 'basic'), path, { recursive: true })
    const dataConverter = { type: 'DrumsOneHotConverter' }
    writeFileSync(join(path, 'config.json'), JSON.stringify({ dataConverter, attentionLength: 32 }))
    const { encoding, notices } = await json('models', 'inspect', path)
    expect(encoding).toBe('basic')
    expect(notices.join(' ')).toMatch(/tensors have none.*tensors are those of basic/)
  })

  it('does without a config where the encoding is asked for', async () => {
    const path = join(folder, 'bare')
    cpSync(join(oracles, 'magenta', 'basic'), path, { recursive: true })
    rmSync(join(path, 'config.json'))
    expect((await runCli('models', 'inspect', path)).err).toContain('config.json')
    expect((await json('models', 'inspect', path, '--encoding', 'basic')).encoding).toBe('basic')
  })

  it('says why a checkpoint is refused', async () => {
    const refused = async (reference: string, ...args: string[]) => {
      const { status, err } = await runCli('models', 'inspect', reference, ...args)
      expect([status, err.trimEnd().split('\n').length]).toEqual([1, 1])
      return err
    }
    const short = join(folder, 'short')
    cpSync(drumKit, short, { recursive: true })
    truncateSync(join(short, 'group1-shard1of1'), 1000)
    expect(await refused(short)).toContain('fewer')
    expect(await refused('nothing')).toContain('no model nothing')
    expect(await refused(call())).toContain('not a .mag bundle')
    expect(await refused(`${address}/html`)).toContain('web page')
    expect(await refused(`${address}/moved`)).toContain('web page')
    expect(await refused(`${address}/broken`)).toContain('500')
    expect(await refused(`${address}/missing.mag`)).toContain('nothing at')
    expect(await refused('http://127.0.0.1:1/model')).toContain("can't be read")
    expect(await refused('http://[')).toContain('not a valid address')
    expect(await refused('http://[/a.mag')).toContain('not a valid address')
  })
})
