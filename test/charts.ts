import { type Chorus, readCharts } from '../src/io/charts/index.ts'
import { metreText } from '../src/music/index.ts'

/** The one song of an input. */
export async function readChart(input: string | Uint8Array, name?: string): Promise<Chorus> {
  const { songs } = await readCharts(input, name)
  const [song] = songs
  if (!song || songs.length !== 1) throw new Error(`There are ${songs.length} songs.`)
  return song
}

/**
 * Measures in playing order as a line: chords with their beats unless they are on the first, `-` where the chord before
 * goes on, the section and the metre where they change.
 */
export function played({ bars }: Pick<Chorus, 'bars'>): string {
  let [section, metre] = [null as string | null, '4/4']
  const texts = bars.map((bar) => {
    const chords = bar.chords.map(({ symbol, beat }) => (beat === 0 ? symbol : `${symbol}@${beat}`)).join(' ')
    const changes = [
      ...(bar.section === section ? [] : [`[${bar.section ?? ''}]`]),
      ...(metreText(bar.metre) === metre ? [] : [metreText(bar.metre)]),
    ]
    section = bar.section
    metre = metreText(bar.metre)
    return [...changes, chords || '-'].join(' ')
  })
  return texts.join(' | ')
}

/** A song of iReal Pro, as its music is before it is scrambled. */
export type IrealSong = {
  readonly music: string
  readonly title?: string
  readonly composer?: string
  readonly style?: string
  readonly key?: string
  readonly tempo?: number
}

/** A link of iReal Pro with these songs, scrambled as the app does it. */
export function irealLink(songs: readonly IrealSong[], playlist?: string): string {
  const fields = songs.map(
    ({ title = 'Ours', composer = 'Nobody', style = 'Medium Swing', key = 'C', tempo = 0, music }) =>
      [title, composer, '', style, key, '', `1r34LbKcu7${scrambled(music)}`, 'Jazz-Medium Swing', tempo, 3].join('='),
  )
  return `irealb://${encodeURIComponent([...fields, ...(playlist === undefined ? [] : [playlist])].join('==='))}`
}

/** The first five of fifty characters change places with the last five, and the 11th to the 24th with their mirror. */
function scrambled(music: string): string {
  const text = music.replaceAll('   ', 'XyQ').replaceAll(' |', 'LZ').replaceAll('| x', 'Kcl')
  let out = ''
  for (let at = 0; at < text.length; at += 50) {
    const block = [...text.slice(at, at + 50)]
    const isLast = text.length - at <= 51
    for (let left = 0; left < 24 && !isLast; left++) {
      if (left >= 5 && left < 10) continue
      const right = 49 - left
      ;[block[left], block[right]] = [block[right] ?? '', block[left] ?? '']
    }
    out += block.join('')
  }
  return out
}
