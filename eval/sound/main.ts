import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { encodeWav, type Wave } from '../../src/devices/audio/index.ts'
import { drums } from '../../src/music/index.ts'
import type { Part } from '../../src/session/index.ts'
import { peak, truePeak } from '../../test/waves.ts'
import { page, type Section, type Table, type Target, tableText, targetsText } from '../report/report.ts'
import { bandSection } from './band-section.ts'
import { demonstration, drumMidi } from './demonstration.ts'
import { integratedLoudness } from './loudness.ts'
import { correlation, octaveBands, octaves } from './spectrum.ts'
import { apartness, dynamics, twelveStrokes } from './strokes.ts'
import { listen, openStudio, record, type Studio } from './studio.ts'

const usage = `npm run loudness [-- [--only mix|kit|voices|band] [--out docs] [--save DIR] [FILE …]]

Measures how the stage sounds: the demonstration of a first visit, its tracks, the drum kit, and the voices of human
and machine. Each FILE of sound is measured, too, beside the kit: a reference that plays the same drums. --save writes
what is measured as WAV files, and the drums as a MIDI file, for references; --out writes sound.md to a folder.`

/** Measures what the options ask for; returns the exit code: 1 where a target is not met. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      out: { type: 'string' },
      save: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return say(usage)
  const studio = await openStudio()
  const sections: Section[] = []
  for (const [subject, measure] of [
    ['mix', () => mixSection(studio, values.save)],
    ['kit', () => kitSection(studio, positionals)],
    ['voices', () => voiceSection(studio)],
    ['band', () => bandSection(studio)],
  ] as const) {
    if (values.only && subject !== values.only) continue
    const section = await measure()
    sections.push(section)
    const { title, tables } = section
    say(`${title}\n${'='.repeat(title.length)}\n\n${tables.map(tableText).join('\n')}`)
  }
  const targets = sections.flatMap((section) => section.targets)
  if (values.out) writeFileSync(join(values.out, 'sound.md'), page('The sound', about, sections))
  return say(`Targets\n=======\n\n${targetsText(targets)}`, targets.every(({ met }) => met) ? 0 : 1)
}

const about = [
  'How loud, bright and wide the stage sounds, measured by `npm run loudness` on what `tradefours render` would write. What the sounds are made of is in [sounds/README.md](../sounds/README.md).',
  'The two references play the drums of the same demonstration, as the command saves them, too (`drums.mid`): Black Pearl and Red Zeppelin of the AVL Drumkits by Glen MacArthur, from Debian’s package `avldrums.lv2-soundfont`, played by its `fluidsynth` without reverb: `fluidsynth -ni -R 0 -C 0 -r 48000 -T wav -F black-pearl.wav Black_Pearl_4_LV2.sf2 drums.mid`. Nothing of them is in Tradefours.',
]

function say(text: string, code = 0): number {
  process.stdout.write(`${text}\n`)
  return code
}

/** In LU, how far the chords are meant to be under the drums. */
const chordsUnder = 3

async function mixSection(studio: Studio, folder: string | undefined): Promise<Section> {
  const performance = await demonstration()
  const tracks: readonly (readonly [string, readonly Part[]])[] = [
    ['drums', ['drums']],
    ['bass', ['bass']],
    ['chords', ['chords']],
    ['lead, both', ['lead', 'answer']],
    ['lead, human', ['lead']],
    ['lead, machine', ['answer']],
  ]
  const heard: [string, Wave][] = [['all', await record(studio, performance)]]
  for (const [name, parts] of tracks) heard.push([name, await record(studio, performance, parts)])
  if (folder) {
    for (const [name, wave] of heard) writeFileSync(join(folder, `${name.replace(', ', '-')}.wav`), encodeWav(wave, 24))
    writeFileSync(join(folder, 'drums.mid'), drumMidi(performance))
  }
  const figures = new Map(heard.map(([name, wave]) => [name, figuresOf(wave)]))
  const of = (name: string) => figures.get(name) as Figures
  const lufs = (name: string) => of(name).loudness - of('drums').loudness
  const title = 'The demonstration'
  const tables: Table[] = [
    {
      title: 'Loudness (ITU-R BS.1770-4, gated), true peak, and how alike the two sides are',
      columns: [
        ['LUFS', 1],
        ['LU to the drums', 1],
        ['dBTP', 1],
        ['correlation', 2],
      ],
      rows: [...figures].map(([name, { loudness, peak, correlation }]) => [
        name,
        loudness,
        name === 'all' ? null : lufs(name),
        peak,
        correlation,
      ]),
    },
  ]
  const targets: Target[] = [
    target('the demonstration is at −16 ± 1 LUFS', of('all').loudness, -17, -15, 'LUFS'),
    target('its true peak is at most −1 dBTP', of('all').peak, Number.NEGATIVE_INFINITY, -1, 'dBTP'),
    target('the lead is within 1 LU of the drums', lufs('lead, both'), -1, 1, 'LU'),
    target('the chords are 3 ± 1 LU under the drums', lufs('chords'), -chordsUnder - 1, -chordsUnder + 1, 'LU'),
    target('the sides of the kit correlate by at most .8', of('drums').correlation, -1, 0.8, ''),
  ]
  const notes = [
    'A part alone goes through the same mixer. The limiter costs no latency, so it can’t look ahead: it rounds the tips of the hardest strokes, in the demonstration less than three samples in a thousand.',
  ]
  return { title, notes, tables, pictures: [], targets }
}

async function kitSection(studio: Studio, references: readonly string[]): Promise<Section> {
  const waves: [string, Wave][] = [['this kit', await record(studio, await demonstration(), ['drums'])]]
  for (const path of references) waves.push([basename(path).replace(/\.\w+$/, ''), await listen(studio, path)])
  const bands: Table = {
    title: 'The drums of the demonstration, octave by octave: dB against all of it',
    columns: [
      ...octaves.map((hertz) => [hertz < 1000 ? `${hertz} Hz` : `${hertz / 1000} kHz`, 1] as const),
      ['correlation', 2],
    ],
    rows: waves.map(([name, wave]) => [name, ...octaveBands(wave), correlation(wave)]),
  }
  const rows: [string, ...number[]][] = []
  let nearest = Number.POSITIVE_INFINITY
  for (const drum of drums) {
    const alike = await twelveStrokes(studio, drum)
    const { loudness, brightness } = await dynamics(studio, drum)
    nearest = Math.min(nearest, alike.nearest)
    rows.push([drum, alike.nearest, alike.furthest, alike.spread, loudness, brightness])
  }
  const strokes: Table = {
    title: 'Strokes: the difference between two of twelve equal ones; and from soft (32) to hard (120)',
    columns: [
      ['most alike, dB', 1],
      ['least alike, dB', 1],
      ['spread, LU', 1],
      ['soft to hard, LU', 1],
      ['brighter, dB', 1],
    ],
    rows,
  }
  return {
    title: 'The kit',
    notes: [
      'There is one recording of each drum, and of snare, hats and ride there are takes made from it. Each stroke is another: its take, pitch (±16 cents), level (±0.8 dB), brightness and one ringing tone are read off its place in the music, so a performance sounds the same whenever it is rendered. How hard it is struck sets its level and, by a shelf, its highs.',
      'The kit stands as its drummer hears it: hi-hats and crash left, ride and floor tom right. Most of its width is what two microphones over it would hear, a short echo that is another for each ear; below 220 Hz there is none of it, so kick and bass stay in the middle. The references are closer to mono than that.',
    ],
    tables: [bands, strokes],
    pictures: [],
    targets: [target('of twelve equal strokes no two are the same', nearest, -40, 20, 'dB apart at least')],
  }
}

async function voiceSection(studio: Studio): Promise<Section> {
  const rows: [string, ...number[]][] = []
  let [timbre, place] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const [name, pitch] of [
    ['C3', 48],
    ['C4', 60],
    ['C5', 72],
    ['C6', 84],
  ] as const) {
    const apart = await apartness(studio, pitch)
    ;[timbre, place] = [Math.min(timbre, apart.timbre), Math.min(place, apart.place)]
    rows.push([name, apart.timbre, apart.place])
  }
  return {
    title: 'Human and machine',
    notes: [
      'An FM piano a little to the left, and a vibraphone with its motor on to the right. Octaves from 250 Hz up.',
    ],
    tables: [
      {
        title: 'A note of the human and one of the machine',
        columns: [
          ['difference of their octaves, dB', 1],
          ['machine further right, dB', 1],
        ],
        rows,
      },
    ],
    pictures: [],
    targets: [
      target('the machine sounds other than the human in every register', timbre, 3, 99, 'dB'),
      target('it stands elsewhere', place, 3, 99, 'dB'),
    ],
  }
}

type Figures = { readonly loudness: number; readonly peak: number; readonly correlation: number }

function figuresOf(wave: Wave): Figures {
  const most = Math.max(...wave.channels.map((channel) => (peak(channel) > 0 ? truePeak(channel) : 0)))
  return { loudness: integratedLoudness(wave), peak: 20 * Math.log10(most), correlation: correlation(wave) }
}

function target(says: string, figure: number, least: number, most: number, unit: string): Target {
  return { says, figure: `${figure.toFixed(2)} ${unit}`.trim(), met: figure >= least && figure <= most }
}
