import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Chorus, readCharts } from '../../src/io/charts/index.ts'
import { type Random, seeded } from '../../src/models/index.ts'

const examples = fileURLToPath(new URL('../../examples/charts', import.meta.url))

/** The charts of `examples/`, and generated ones, up to a hundred in all. */
export async function evaluationCharts(count = 100): Promise<Chorus[]> {
  const own = existsSync(examples) ? readdirSync(examples).map((file) => join(examples, file)) : []
  const read = await Promise.all(own.map((file) => readCharts(readFileSync(file), file)))
  const chance = seeded(20)
  const texts = Array.from({ length: count - read.length }, (_, index) => chartText(index, chance))
  const made = await Promise.all(texts.map((text) => readCharts(text, 'chart.txt')))
  return [...read, ...made].flatMap(({ songs }) => songs.slice(0, 1))
}

const notes = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B']

/** Sections as chords of a key, a number of semitones above its tonic each: what tunes are made of. */
const sections: readonly string[] = [
  '0:maj7 | 9:m7 | 2:m7 | 7:7',
  '2:m7 | 7:7 | 0:maj7 | 9:7b9',
  '0:7 | 5:7 | 0:7 | 0:7 | 5:7 | 6:dim7 | 0:7 | 4:m7b5 9:7b9 | 2:m7 | 7:7 | 0:7 9:7 | 2:m7 7:7',
  '0:m7 | % | 5:m7 | % | 8:7 | 7:7 | 0:m6 | 2:m7b5 7:7b9',
  '0: | 7:/11 | 9:m | 5: | 0:/7 | 7:sus4 7: | 0: | 5: 7:',
  '0:m | 8: | 3: | 10: | 0:m | 8: | 7:sus4 | 7:',
  '0:m11 | % | % | % | 1:m11 | % | 0:m11 | %',
  '0:6 9:7 | 2:m7 7:7 | 4:m7 9:7 | 2:m7 7:7 | 5:maj7 | 5:m7 10:7 | 4:m7 9:7 | 2:m7 7:7',
  '4:7 | % | 9:7 | % | 2:7 | % | 7:7 | %',
  '0:maj7 | 1:dim7 | 2:m7 | 3:dim7 | 4:m7 | 5:m7 10:7 | 0:maj7/7 | 7:7sus4 7:7',
  '0:5 | 3:5 | 5:5 | 10:5',
  '0:m7 | 10:7 | 8:maj7 | 7:7alt',
  '0:9 | % | 5:9 | %',
  '0:maj9 | 8:maj7#11 | 3:maj7 | 1:maj7',
]

const metres = ['4/4', '4/4', '4/4', '4/4', '4/4', '3/4', '5/4', '7/8', '6/8', '12/8']

function chartText(index: number, chance: Random): string {
  const key = Math.floor(12 * chance.next())
  const pick = <Thing>(things: readonly Thing[]) => things[Math.floor(chance.next() * things.length)] as Thing
  const spelled = (section: string) =>
    section.replace(/(\d+):([^\s|/]*)(?:\/(\d+))?/g, (_, degree: string, kind: string, bass?: string) => {
      const name = (above: string) => notes[(key + Number(above)) % 12]
      return `${name(degree)}${kind}${bass === undefined ? '' : `/${name(bass)}`}`
    })
  const [a, b] = [spelled(pick(sections)), spelled(pick(sections))]
  if (index % 7 === 3) {
    const other = pick(['3/4', '5/8', '2/4'])
    return `Title: Chart ${index}\nTempo: 120\n[A]\n|: ${a} |1. ${other} ${b.split('|')[0]} :|2. 4/4 ${b} ||\n[B]\n${pick(metres)} | ${a} |\n`
  }
  const form = index % 3 === 0 ? `[A]\n|: ${a} :|\n[B]\n| ${b} |\n[A]\n| ${a} |` : `[A]\n| ${a} |\n[B]\n| ${b} |`
  return `Title: Chart ${index}\nTempo: ${60 + Math.floor(180 * chance.next())}\nMetre: ${pick(metres)}\n${form}\n`
}
