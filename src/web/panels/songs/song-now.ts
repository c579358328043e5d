import type { SessionState } from '../../../session/index.ts'
import { straight } from '../../../timing/index.ts'
import { download } from '../../devices/download.ts'
import { text } from '../text.ts'
import { type DraftSong, newSong, songFile } from './draft.ts'
import { takeLoops } from './take-loops.ts'

/** The song on the stand or, without one, what goes round now as a song. */
export function songNow(state: SessionState): DraftSong {
  const { songs, song } = state.stand
  const onStand = songs[song]
  if (onStand) return onStand
  const { tempo, swing } = state.settings
  const set = { swing, 'swing-sixteenths': state.settings['swing-sixteenths'] }
  const made = newSong(text.keep.songTitle, text.keep.songSection)
  return {
    ...made,
    sections: made.sections.map((each) => ({
      ...each,
      tempo,
      ...takeLoops(state),
      ...(swing !== straight.ratio && { set }),
    })),
  }
}

/** Hands songs on: to another program where the system can, else as a file. */
export async function shareSongs(songs: readonly DraftSong[], title: string): Promise<void> {
  const { name, text } = songFile(songs, title)
  const type = 'application/json'
  const files = [new File([text], name, { type })]
  if (!navigator.canShare?.({ files })) {
    download(name, type, text)
    return
  }
  // Whoever thinks better of it has shared nothing, and that is all.
  await navigator.share({ files }).catch(() => {})
}
