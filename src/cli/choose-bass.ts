import { type BassChoice, comparableName, type MidiPart, type MidiSong, rankBasses } from '../io/midi-file/index.ts'
import { InputError } from './input-error.ts'

/** The part that is the bass, why, and what else there was to choose from. */
export type ChosenBass = BassChoice & { readonly others: readonly BassChoice[] }

/** How many of the other parts are listed. */
const mostOthers = 5

/** How many names fit into a sentence. */
const mostNames = 32

/**
 * The bass of a song: the track that is asked for, or the likeliest one.
 *
 * @param wanted a track's number from 1, or a part of its name.
 * @throws InputError with a sentence where there is none.
 */
export function chooseBass({ parts }: MidiSong, path: string, wanted?: string): ChosenBass {
  if (parts.length === 0) throw new InputError(`${path} has no notes: record a bassline into it.`)
  if (wanted === undefined) {
    const [best, ...others] = rankBasses(parts)
    if (best) return { ...best, others: others.slice(0, mostOthers) }
    throw new InputError(`${path} has only drums: choose a file with a bassline, or a track with --track.`)
  }
  const name = comparableName(wanted)
  const named = parts.filter((part) =>
    /^\d+$/.test(wanted) ? part.track === Number(wanted) : comparableName(part.name).includes(name),
  )
  const [best] = rankBasses(named)
  const part = best?.part ?? named[0]
  if (part) return { part, score: best?.score ?? 0, why: [{ points: 0, because: 'it is asked for' }], others: [] }
  const label = ({ track, name }: MidiPart) => (name === '' ? `${track}` : `${track} (${name})`)
  const known = [...new Set(parts.map(label))]
  throw new InputError(
    `${path} has no notes in a track “${wanted}”: choose among ${known.slice(0, mostNames).join(', ')}${known.length > mostNames ? ' …' : ''}.`,
  )
}

/** A choice as JSON. */
export function bassJson({ part, score, why, others }: ChosenBass) {
  const json = ({ part: { track, channel, name, program }, score }: BassChoice) => {
    return { track, channel, name, program, score: Math.round(10 * score) / 10 }
  }
  return { ...json({ part, score, why }), why, others: others.map(json) }
}
