import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createNoteCounts, expertNames, inOrder } from '../../src/improv/index.ts'
import { intervalClass } from '../../src/models/index.ts'
import type { Line } from '../corpora/weimar.ts'
import type { Options } from '../options.ts'
import { rhythmLessons } from '../phrases/rhythm-nats.ts'
import { type Shipped, shipped } from '../shipped.ts'
import { material } from './material.ts'
import { knownNotes } from './memory-nats.ts'
import { countsOf, keptNotes, otherTunes } from './memory-notes.ts'
import { addLesson, type Lessons, learnWeights, noLessons, weightRows } from './mixing-fit.ts'
import { alongChances } from './solo-player.ts'

const owners = ['this session', 'the performer']

/**
 * Learns how models and memories are mixed, and writes it into the source. The notes are of training tunes; those of a
 * model that has learnt from them would teach it to trust itself too much, so they are played along with one that has not:
 * `--model` names the folder of a solo and a phrase that were trained without some of the tunes.
 */
export async function fitMixing(options: Options): Promise<string> {
  const { training } = await material(options)
  const solo = options.model ? await shipped('solo', `${options.model}/solo`) : await shipped('solo')
  const phrase = options.model ? await shipped('phrase', `${options.model}/phrase`) : await shipped('phrase')
  const unlearnt = (model: Shipped) => training.filter(({ id }) => !options.model || model.validation.has(id))
  const pitches = noLessons(49, 2 * expertNames.length)
  for (const line of unlearnt(solo)) addPitches(pitches, solo, line, training)
  const { distances, lengths } = rhythmLessons(phrase, unlearnt(phrase), training)
  const write = (file: string, text: string) =>
    writeFileSync(fileURLToPath(new URL(`../../src/improv/memory/${file}`, import.meta.url)), text)
  const pitchNames = owners.flatMap((owner) => expertNames.map((name) => `${owner}: ${name}`))
  write('mixing-weights.ts', list('mixingWeights', 'experts of pitches', pitches, pitchNames))
  write(
    'rhythm-weights.ts',
    `${list('distanceWeights', 'experts of distances', distances, owners)}\n${list('lengthWeights', 'experts of lengths', lengths, owners)}`,
  )
  return `${pitches.goals.length} pitches and ${distances.goals.length} distances; the weights are in src/improv/memory.`
}

function list(name: string, what: string, lessons: Lessons, names: readonly string[]): string {
  return `${ignore}/** What ${what} ${head}export const ${name}: readonly number[] = [\n${weightRows(learnWeights(lessons), names)}]\n`
}

const ignore = '// biome-ignore format: a row an expert\n'
const head = `are weighed by: a row an expert, a column a feature (\`tellFeatures\`). Learnt by
 * \`npm run eval -- --fit --only memory\` from solos of the Weimar Jazz Database of the training tunes, each with what its
 * performer plays on other such tunes, by models that, where --model names them, had not learnt from those very solos.
 */
`

function addPitches(lessons: Lessons, solo: Shipped, line: Line, solos: readonly Line[]): void {
  const all = otherTunes(line, solos)
  const session = createNoteCounts(8192)
  const performers = [all, all.slice(-knownNotes)].filter(({ length }) => length > 0).map(countsOf)
  const notes = keptNotes(line)
  let at = 0
  let last = notes[0] as (typeof notes)[number]
  const pitches = [last.pitch]
  session.add(last)
  alongChances(solo, line, (own) => {
    const note = notes[++at] as typeof last
    const moment = { pitches: [...pitches], chord: note.chord }
    const goal = intervalClass(note.pitch - last.pitch)
    const ofSession = session.ask(moment, own)
    addLesson(lessons, own, inOrder([ofSession, null]), goal)
    for (const performer of performers) {
      const known = performer.ask(moment, own)
      for (const heard of [ofSession, null]) addLesson(lessons, own, inOrder([heard, known]), goal)
    }
    session.add(note)
    pitches.unshift(note.pitch)
    pitches.length = Math.min(pitches.length, 9)
    last = note
  })
}
