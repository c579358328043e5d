import { homedir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { longestStyle } from '../../band/index.ts'
import { usualChannels } from '../../devices/midi/index.ts'
import { mlJamPorts, type OscAddress } from '../../devices/osc/node.ts'
import { readBandStyle } from '../../io/band-style.ts'
import { folderPlayers } from '../../io/players/node.ts'
import { type Bindings, controllers, type SessionInput, type Song, tracks } from '../../session/index.ts'
import { readText } from '../files.ts'
import { InputError, named } from '../input-error.ts'
import { decimal, jsonOption, seedOption } from '../options.ts'
import { loopback } from '../serve-command.ts'
import type { MidiOptions, OscOptions } from './devices/index.ts'
import { lendPorts } from './lend-ports.ts'
import { listPorts } from './list-ports.ts'
import { openMidiMappings } from './midi-mappings.ts'
import { openHost } from './open-host.ts'
import { play } from './play.ts'
import { type NamedRoute, ownPort, parseRoute } from './ports.ts'
import { openRecovery } from './recovery.ts'
import { songsFor } from './song-files.ts'

type Options = {
  list?: boolean
  midi: boolean
  midiIn?: readonly string[]
  midiOut: string
  route: readonly ReturnType<typeof parseRoute>[]
  sendClock: boolean
  followClock: boolean
  link: boolean
  osc?: OscAddress
  oscIn?: OscAddress
  oscLead: number
  bridge?: OscAddress | true
  sound: boolean
  bandStyle?: string
  controller?: keyof typeof controllers
  keep: string
  player: string
  quiet?: boolean
  seed?: number
  json?: boolean
}

/** `tradefours host`: the instrument without a browser, among real instruments. */
export function hostCommand(): Command {
  return new Command('host')
    .summary('play without a browser: MIDI, OSC, foot controllers, synthesizers')
    .description(
      `Plays as the stage in the browser does, with the same session, models and songs, among real instruments: keyboards
and synthesizers by MIDI, SuperCollider, Max and lights by OSC. What is played is stored; a performance that a crash or
a power cut ended goes on when the host is started again. The book of songs is the folder songs in the folder of --keep:
put songs and charts there.`,
    )
    .argument(
      '[songs...]',
      'what to begin with: songs, set lists, charts of other programs, or titles of songs in the book',
    )
    .option('--list', 'list the MIDI ports, and do nothing else')
    .option('--no-midi', 'leave MIDI alone')
    .option(
      '--midi-in <part>',
      'the input to listen to, by a part of its name (default: every one); may be repeated',
      (part: string, parts: readonly string[] = []) => [...parts, part],
    )
    .option('--midi-out <part>', 'the output that the tracks are sent to, by a part of its name', ownPort)
    .option(
      '--route <track=part:channel>',
      'send one track elsewhere, such as bass=Minilogue:2; may be repeated',
      addRoute,
      [],
    )
    .option('--send-clock', 'lead other instruments by MIDI clock', false)
    .addOption(new Option('--follow-clock', 'follow the MIDI clock that comes in').default(false).conflicts('link'))
    .option('--link', 'share tempo, beat, start and stop by Ableton Link, an add-on: see addons/link', false)
    .option('--osc <host:port>', `send OSC there; SuperCollider listens on port ${mlJamPorts.out}`, address)
    .option('--osc-in <host:port>', `listen to OSC there (default with --osc: 127.0.0.1:${mlJamPorts.in})`, address)
    .option(
      '--osc-lead <ms>',
      'how many milliseconds before their time tags the notes of loops are sent',
      decimal(0, 1000),
      0,
    )
    .addOption(
      new Option(
        '--bridge [host:port]',
        `lend MIDI, and OSC with --osc, to the stage in a browser that has none, and play nothing here (default: 127.0.0.1:${bridgePort})`,
      )
        .argParser(address)
        .conflicts([
          'midiIn',
          'midiOut',
          'route',
          'sendClock',
          'followClock',
          'link',
          'sound',
          'bandStyle',
          'controller',
          'seed',
          'json',
        ]),
    )
    .option('--sound', "play through this machine's own sound device, with the stage's voices", false)
    .option('--band-style <style.json>', 'a style of your own for the band: see docs/reference/band-style.md')
    .addOption(new Option('--controller <name>', 'a controller that is ready-made').choices(Object.keys(controllers)))
    .addOption(
      new Option('--keep <folder>', 'where performances and learnt controls are stored').default(
        join(homedir(), 'Tradefours'),
        '~/Tradefours',
      ),
    )
    .option(
      '--player <name>',
      'who plays: their memory is in the folder players in the folder of --keep',
      playerName,
      'Me',
    )
    .option('--quiet', 'show nothing but what goes wrong: for services')
    .addOption(seedOption().default(undefined, 'another each time'))
    .addOption(jsonOption('a view, and what was played in the end'))
    .addHelpText(
      'after',
      `
In the view ● is your note, ◆ the machine's, ○ the key that it answers. Its keys are the stage's: space plays, 1 records
the bass, 3 asks for a groove, 4 records chords, 5 improvises; l and then one of them learns a control; q ends.

JSON, in the end: {performance, keys, keyMs: {median, p99}, sent, latenessMs: {median, p99}, missed, refused, restarts};
with --list: {inputs: [name], outputs: [name], trouble}.

Examples:
  tradefours host --list
  tradefours host tonight.json --midi-in Keystation --route drums=TR-8:10 --send-clock
  tradefours host examples/charts/minor-blues.txt tune.mxl playlist.html
  tradefours host "rhythm changes" --osc 127.0.0.1:57120
  tradefours host --bridge`,
    )
    .action(run)
}

async function run(wanted: readonly string[], options: Options): Promise<void> {
  if (options.list) return listPorts(options)
  if (options.bridge) {
    if (wanted.length > 0) throw new InputError(`With --bridge the page plays: open ${wanted[0]} there, under Songs.`)
    const at = options.bridge === true ? bridgeHome : options.bridge
    return lendPorts(at, options.keep, options.midi, oscOptions(options))
  }
  const songs = await songsFor(wanted, join(options.keep, 'songs'))
  const mappings = await openMidiMappings(options.keep)
  const bindings = { ...(options.controller && controllers[options.controller].bindings), ...mappings.bindings }
  const style = options.bandStyle === undefined ? null : await styleFile(options.bandStyle)
  const recovery = await openRecovery(options.keep, options.seed ?? Math.floor(Math.random() * 2 ** 32))
  await play({ ...options, path: recovery.path }, (notify) =>
    openHost({
      recovery,
      players: folderPlayers(join(options.keep, 'players')),
      player: options.player,
      midi: options.midi ? midiOptions(options) : null,
      osc: oscOptions(options),
      link: options.link,
      sound: options.sound,
      first: firstOf(songs, bindings, style, options.followClock || options.link),
      trouble: mappings.trouble,
      learnt: (bindings) => void mappings.store(bindings).catch(({ message }) => notify(message, true)),
      notify,
    }),
  )
}

/** A style's file, checked. */
async function styleFile(path: string): Promise<string> {
  const source = await readText(path, longestStyle)
  named(path, () => readBandStyle(source))
  return source
}

/** A name that can be a file's. */
function playerName(text: string): string {
  if (/^[^/\\\0.][^/\\\0]{0,99}$/.test(text)) return text
  throw new InvalidArgumentError('Use a name of letters, digits and spaces.')
}

function midiOptions({ midiIn, midiOut, route, sendClock, followClock }: Options): MidiOptions {
  const usual = tracks.map((track): [(typeof tracks)[number], NamedRoute] => [
    track,
    { part: midiOut, channel: usualChannels[track] },
  ])
  return {
    inputs: midiIn ?? [],
    routes: new Map([...usual, ...route]),
    sendsClock: sendClock,
    followsClock: followClock,
  }
}

function oscOptions({ osc, oscIn, oscLead }: Options): OscOptions | null {
  if (!osc && !oscIn) return null
  return { in: oscIn ?? { host: '127.0.0.1', port: mlJamPorts.in }, out: osc ?? null, leadMs: oscLead }
}

/** What a performance begins with. */
function firstOf(
  songs: readonly Song[],
  bindings: Bindings,
  style: string | null,
  followsClock: boolean,
): SessionInput[] {
  return [
    ...(Object.keys(bindings).length > 0 ? [{ type: 'bind' as const, bindings }] : []),
    ...(songs.length > 0 ? [{ type: 'setList' as const, songs }] : []),
    ...(style === null ? [] : [{ type: 'bandStyle' as const, file: style }]),
    // Whoever follows is not counted in: the leader says when it begins.
    ...(followsClock ? [{ type: 'set' as const, setting: 'count-in' as const, value: 0 }] : []),
  ]
}

const bridgePort = 4404
const bridgeHome: OscAddress = { host: loopback, port: bridgePort }

function addRoute(text: string, routes: Options['route']): Options['route'] {
  try {
    return [...routes, parseRoute(text)]
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}

/** `127.0.0.1:57120`, `[::1]:57120` or `57120`. */
function address(text: string): OscAddress {
  const [, v6, host = v6 ?? '127.0.0.1', port] = /^(?:(?:\[([^\]]+)\]|([^:]+)):)?(\d+)$/.exec(text) ?? []
  if (!(Number(port) >= 1 && Number(port) <= 65_535)) throw new InvalidArgumentError('Write it like 127.0.0.1:57120.')
  return { host, port: Number(port) }
}
