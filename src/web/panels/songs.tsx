import { useComputed, useSignal } from '@preact/signals'
import { Block, Press } from './fields.tsx'
import type { PanelProps } from './panel.ts'
import { type DraftSong, moved, newSong, playable, without } from './songs/draft.ts'
import { SetList } from './songs/set-list.tsx'
import { Book, songBook } from './songs/song-book.tsx'
import { SongEditor } from './songs/song-editor.tsx'
import { shareSongs } from './songs/song-now.ts'
import { type ReadSongs, SongReader, songsInStyles } from './songs/song-reader.tsx'
import { mostSongs, writingOf } from './songs/writing.ts'
import './songs/songs.css'
import { text } from './text.ts'

/** The set list that is played, and the one that is edited. */
export function Songs({ stage }: PanelProps) {
  return (
    <div class="songs">
      <div class="side">
        <SetList stage={stage} />
        <Book onChoose={(song) => void writingOf(stage).take([song])} />
      </div>
      <Editor stage={stage} />
    </div>
  )
}

function Editor({ stage }: Pick<PanelProps, 'stage'>) {
  const setList = useComputed(() => stage.session.value.songs.list)
  const { songs, chosen, write, take } = writingOf(stage)
  const isUsed = useComputed(
    () => songs.value === setList.value || JSON.stringify(songs.value) === JSON.stringify(setList.value),
  )
  const isPlayable = useComputed(() => playable(songs.value) !== null)
  const notices = useSignal<readonly string[]>([])
  const count = useSignal(0)
  const at = Math.min(chosen.value, songs.value.length - 1)
  const song = songs.value[at]
  const change = (changed: DraftSong) => write(songs.value.map((each, index) => (index === at ? changed : each)))
  const onRead = (read: ReadSongs) => {
    const { length } = read.songs
    const haveRoom = length === 0 || take(read.songs)
    notices.value = [...(haveRoom ? [] : [text.songs.restInBook(mostSongs)]), ...read.notices]
    count.value = length
    if (length > 0) void songBook().add(read.songs)
  }
  const use = async () => {
    const written = playable(songs.value)
    if (!written) return
    // Where what reads charts can't be fetched, each song plays in one style.
    const ready = await songsInStyles(written).catch(() => written)
    if (ready !== written) write(ready)
    stage.dispatch({ type: 'setList', songs: ready })
    for (let page = 0; page < at; page++) stage.act('next-song')
  }
  const add = () => {
    write([...songs.value, newSong(text.songs.untitled, text.songs.sectionName(1))])
    chosen.value = songs.value.length - 1
  }
  const move = (by: number) => {
    write(moved(songs.value, at, by))
    chosen.value = at + by
  }
  return (
    <SongReader onRead={onRead}>
      <Block title={text.songs.editor}>
        {count.value > 1 && <p role="status">{text.songs.readCount(count.value)}</p>}
        {notices.value.length > 0 && (
          <ul role="alert">
            {notices.value.slice(0, mostNotices).map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
        )}
        <div class="buttons">
          <Press
            class="primary"
            title={text.songs.useHint}
            disabled={isUsed.value || !isPlayable.value}
            onPress={() => void use()}
          >
            {text.songs.use}
          </Press>
          <Press disabled={!isPlayable.value} onPress={() => void shareSongs(songs.value, text.songs.setListTitle)}>
            {text.songs.save}
          </Press>
          {!isUsed.value && setList.value.length > 0 && (
            <Press onPress={() => write(setList.value)}>{text.songs.discard}</Press>
          )}
          <span class="quiet">{isUsed.value ? text.songs.used : text.songs.notUsed}</span>
        </div>
        <nav class="buttons" aria-label={text.songs.songs}>
          <ul class="pages">
            {songs.value.map((each, index) => (
              <li key={index}>
                <button
                  type="button"
                  class="button small"
                  aria-pressed={index === at}
                  onClick={() => {
                    chosen.value = index
                  }}
                >
                  {index + 1} {each.title || text.songs.nameless}
                </button>
              </li>
            ))}
          </ul>
          <Press onPress={add}>+ {text.songs.newSong}</Press>
        </nav>
        {song && (
          <SongEditor key={at} stage={stage} song={song} onChange={change}>
            <Press label={`${text.up}: ${song.title}`} disabled={at === 0} onPress={() => move(-1)}>
              ←
            </Press>
            <Press
              label={`${text.down}: ${song.title}`}
              disabled={at === songs.value.length - 1}
              onPress={() => move(1)}
            >
              →
            </Press>
            <Press
              label={`${text.remove}: ${song.title}`}
              disabled={songs.value.length === 1}
              onPress={() => write(without(songs.value, at))}
            >
              ✕
            </Press>
          </SongEditor>
        )}
      </Block>
    </SongReader>
  )
}

/** The most notices that are shown. */
const mostNotices = 12
