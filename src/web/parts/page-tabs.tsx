import { signal } from '@preact/signals'
import { text } from '../text.ts'
import { type RolledTrack, rolledTracks } from './rolled-tracks.ts'

/** What a small screen shows between the beat and the keys. Larger ones show everything at once. */
type PageTab = 'play' | RolledTrack | 'setup'

const pageTabs: readonly PageTab[] = ['play', ...rolledTracks, 'setup']

/** The tab that a small screen shows. */
export const openTab = signal<PageTab>('play')

/** A button for each tab of a small screen: the turn, each track, and what is set once. */
export function PageTabs() {
  return (
    <nav class="page-tabs" aria-label={text.tabs.name}>
      {pageTabs.map((tab) => (
        <button
          type="button"
          class="button"
          key={tab}
          aria-pressed={openTab.value === tab}
          onClick={() => {
            openTab.value = tab
          }}
        >
          {tab === 'play' || tab === 'setup' ? text.tabs[tab] : text.tracks[tab]}
        </button>
      ))}
    </nav>
  )
}
