import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { ContentError } from '../../../music/index.ts'
import type { Song } from '../../../session/index.ts'
import { DropPlace } from '../drop-place.tsx'
import { FilePick, LinesField, Press } from '../fields.tsx'
import { text } from '../text.ts'

/** What was read: songs, and the sentences about what was not. */
export type ReadSongs = { readonly songs: readonly Song[]; readonly notices: readonly string[] }

/** The files that hold songs or charts. */
const endings = '.json,.html,.htm,.txt,.musicxml,.xml,.mxl,.cho,.chopro,.chordpro,.crd,.pro,.irealb'

/** Reads files, links and texts one after the other; what can't be read is named, and the rest is read. */
async function readAll(sources: readonly (File | string)[]): Promise<ReadSongs> {
  const songs: Song[] = []
  const notices: string[] = []
  // The readers are fetched only when a chart is opened.
  const { songsIn, maxChartBytes } = await import('../../../io/charts/index.ts')
  for (const source of sources) {
    const isFile = typeof source !== 'string'
    const name = isFile ? source.name : text.songs.pasted
    try {
      // What is far too large is refused for its size, whatever it is.
      const input = isFile ? new Uint8Array(await source.slice(0, maxChartBytes + 1).arrayBuffer()) : source
      const read = await songsIn(input, isFile ? name : '')
      songs.push(...read.songs)
      notices.push(...read.notices.map((notice) => (sources.length > 1 ? `${name}: ${notice}` : notice)))
    } catch (error) {
      if (!(error instanceof ContentError || error instanceof DOMException)) throw error
      notices.push(`${name} ${error instanceof ContentError ? error.message : text.songs.gone}`)
    }
  }
  return { songs, notices }
}

/** Songs in which a chart that changes its style, as in `[B: bossa]`, is several sections; the same list where none does. */
export async function songsInStyles(songs: Song[]): Promise<Song[]> {
  const { inStyles } = await import('../../../io/charts/index.ts')
  const changed = await Promise.all(songs.map(inStyles))
  return changed.some((song, index) => song !== songs[index]) ? changed : songs
}

type SongReaderProps = {
  readonly onRead: (read: ReadSongs) => void
  readonly children: ComponentChildren
}

/** Whatever is dropped or pasted on its children is read, and so is what is opened or typed below them. */
export function SongReader({ onRead, children }: SongReaderProps) {
  const isTyping = useSignal(false)
  const typed = useSignal('')
  const read = async (sources: readonly (File | string)[]) => {
    if (sources.length > 0) onRead(await readAll(sources).catch(() => ({ songs: [], notices: [text.songs.noReader] })))
  }
  const take = (data: DataTransfer) => {
    const files = [...data.files]
    const pasted = data.getData('text/plain')
    void read(files.length > 0 ? files : pasted.trim() === '' ? [] : [pasted])
  }
  return (
    <DropPlace onDrop={take} onPaste={take}>
      <div class="buttons">
        <FilePick accept={endings} multiple onPick={(...files) => void read(files)}>
          {text.songs.open}
        </FilePick>
        <Press
          onPress={() => {
            isTyping.value = !isTyping.value
          }}
        >
          {text.songs.paste}
        </Press>
        <span class="quiet">{text.songs.openHint}</span>
      </div>
      {isTyping.value && (
        <div class="fields">
          <LinesField
            name={text.songs.pasteName}
            value={typed.value}
            placeholder={text.songs.pasteHint}
            onInput={(value) => {
              typed.value = value
            }}
          />
          <Press
            class="primary"
            disabled={typed.value.trim() === ''}
            onPress={() => {
              void read([typed.value])
              typed.value = ''
              isTyping.value = false
            }}
          >
            {text.songs.readIt}
          </Press>
        </div>
      )}
      {children}
    </DropPlace>
  )
}
