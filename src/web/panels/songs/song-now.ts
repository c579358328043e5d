import type { SessionState } from '../../../session/index.ts'
import { straight } from '../../../timing/index.ts'
import { download } from '../../devices/download.ts'
import { text } from '../text.ts'
import { currentBand, currentLoops } from './current-loops.ts'
import { type DraftSong, newSong, songFile } from './draft.ts'

/** The song that is played now or, without one, the current loops as a song. */
export function songNow(state: SessionState): DraftSong {
  const { list, song } = state.songs
  const played = list[song]
  if (played) return played
  const { tempo, swing } = state.settings
  const band = currentBand(state)
  const set = {
    ...band,
    // A style brings its own swing, so what is heard is said after it.
    ...((swing !== straight.ratio || 'band-style' in band) && {
      swing,
      'swing-sixteenths': state.settings['swing-sixteenths'],
    }),
  }
  const made = newSong(text.files.songTitle, text.files.songSection)
  return {
    ...made,
    sections: made.sections.map((each) => ({
      ...each,
      tempo,
      ...currentLoops(state),
      ...(Object.keys(set).length > 0 && { set }),
    })),
  }
}

/** Shares songs with another program if the system can, otherwise downloads them as a file. */
export async function shareSongs(songs: readonly DraftSong[], title: string): Promise<void> {
  const { name, text } = songFile(songs, title)
  const type = 'application/json'
  const files = [new File([text], name, { type })]
  if (!navigator.canShare?.({ files })) {
    download(name, type, text)
    return
  }
  // Sharing fails when the user cancels it, and then there is nothing to do.
  await navigator.share({ files }).catch(() => {})
}
