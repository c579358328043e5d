import { type Checkpoint, CheckpointError } from '../checkpoint.ts'
import type { Network } from '../network.ts'
import { conditioned, majorMinorChords, pitchChords, triads } from './chords.ts'
import type { Encoding, PitchRange } from './encoding.ts'
import { feelEncoding } from './feel.ts'
import { intervalMelody } from './interval-melody.ts'
import { multiHotDrums, oneHotDrums } from './magenta-drums.ts'
import { keyMelody, lookbackMelody, magentaRange, oneHotMelody } from './melody.ts'
import { metreDrums } from './metre-drums.ts'
import { phraseEncoding } from './phrase.ts'
import { soloEncoding } from './solo.ts'

/** The encodings that can be asked for by name. */
export const encodingNames = [
  'basic',
  'mono',
  'lookback',
  'attention',
  'chord-pitches',
  'major-minor',
  'triads',
  'drums',
  'drum-classes',
  'interval-melody',
  'metre-drums',
  'solo',
  'feel',
  'phrase',
] as const

/** An encoding by its name. */
export type EncodingName = (typeof encodingNames)[number]

const wholeRange: PitchRange = [0, 127]

/**
 * Chooses the encoding of a network, always one whose sizes are the network's: the one that is asked for, or else the one
 * that the checkpoint claims, or else the only one of these sizes that is known.
 *
 * @returns the encoding, and a notice where the checkpoint claims another.
 * @throws CheckpointError with a sentence for the user when none fits, or when it has to be asked for.
 */
export function chooseEncoding(
  network: Pick<Network, 'inputs' | 'classes'>,
  { claims }: Pick<Checkpoint, 'claims'>,
  name: string,
  asked?: EncodingName,
): { encoding: Encoding; notices: string[] } {
  const fits = (encoding: Encoding) => encoding.inputs === network.inputs && encoding.classes === network.classes
  const range = claimedRange(claims) ?? magentaRange
  const known = knownEncodings(range, network)
  const sizes = `${network.inputs} inputs and ${network.classes} classes`
  if (asked) {
    const wanted = known.find((encoding) => encoding.name === asked)
    if (wanted && fits(wanted)) return { encoding: wanted, notices: [] }
    const likely = known.filter(fits).map((encoding) => encoding.name)
    const way = likely.length > 0 ? `try ${likely.join(' or ')}` : 'no encoding known here has these sizes'
    throw new CheckpointError(`${name} has ${sizes}, which is not the encoding ${asked}: ${way}.`)
  }
  const claimed = claimedEncoding(claims, known)
  if (claimed && fits(claimed)) return { encoding: claimed, notices: [] }
  const fitting = known.filter(fits)
  const [only, ...others] = fitting
  if (only && others.length === 0) {
    const notices = claimed
      ? [`It says that its encoding is ${claimed.name}; its tensors are those of ${only.name}, which is used.`]
      : []
    return { encoding: only, notices }
  }
  if (only) {
    const names = fitting.map((encoding) => encoding.name).join(' or ')
    throw new CheckpointError(`${name} does not say which encoding it uses: choose ${names} with --encoding.`)
  }
  const alike = known.filter(({ classes }) => classes === network.classes).map((encoding) => encoding.name)
  const hint = alike.length > 0 ? ` Its classes are those of ${alike.join(' or ')}.` : ''
  throw new CheckpointError(
    `${name} has ${sizes}, which fits no encoding known here (${encodingNames.join(', ')}): choose another model.${hint}`,
  )
}

function knownEncodings(range: PitchRange, { inputs, classes }: Pick<Network, 'inputs' | 'classes'>): Encoding[] {
  const isWhole = range[0] === wholeRange[0] && range[1] === wholeRange[1]
  const melody = oneHotMelody(range, isWhole ? 'mono' : 'basic')
  const counterBits = Math.min(30, Math.max(0, inputs - classes))
  return [
    melody,
    ...(isWhole ? [] : [oneHotMelody(wholeRange, 'mono')]),
    lookbackMelody(range),
    keyMelody(range),
    conditioned(pitchChords, melody),
    conditioned(majorMinorChords, melody),
    conditioned(triads, melody),
    oneHotDrums(counterBits),
    multiHotDrums(),
    intervalMelody,
    metreDrums,
    soloEncoding,
    feelEncoding,
    phraseEncoding,
  ]
}

function claimedRange({ config }: Checkpoint['claims']): PitchRange | null {
  const { minPitch, maxPitch } = config?.dataConverter?.args ?? {}
  const isPitch = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 127
  return isPitch(minPitch) && isPitch(maxPitch) && minPitch <= maxPitch ? [minPitch, maxPitch] : null
}

/** What a bundle's id says, or a config's converters. */
function claimedEncoding({ id, config }: Checkpoint['claims'], known: readonly Encoding[]): Encoding | undefined {
  const byName = (name: string | undefined) => known.find((encoding) => encoding.name === name)
  if (id !== undefined) return byName(bundleEncodings[id])
  const takesMetre = config?.auxInputs?.some(({ type }) => type === 'MeasurePlace')
  switch (config?.dataConverter?.type) {
    case 'DrumsOneHotConverter':
      return byName(takesMetre ? 'metre-drums' : 'drums')
    case 'DrumsConverter':
      return byName('drum-classes')
    case 'IntervalMelodyEncoder':
      return byName('interval-melody')
    case 'SoloEncoder':
      return byName('solo')
    case 'FeelEncoder':
      return byName('feel')
    case 'PhraseEncoder':
      return byName('phrase')
    case 'MelodyConverter':
      return config.chordEncoder ? byName(chordEncoders[config.chordEncoder]) : (byName('basic') ?? byName('mono'))
    default:
      return undefined
  }
}

/** Magenta's own bundles. */
const bundleEncodings: Readonly<Record<string, EncodingName>> = {
  basic_rnn: 'basic',
  mono_rnn: 'mono',
  lookback_rnn: 'lookback',
  attention_rnn: 'attention',
  chord_pitches_improv: 'chord-pitches',
  basic_improv: 'triads',
  drum_kit: 'drums',
}

const chordEncoders: Readonly<Record<string, EncodingName>> = {
  PitchChordEncoder: 'chord-pitches',
  MajorMinorChordEncoder: 'major-minor',
  TriadChordEncoder: 'triads',
}
