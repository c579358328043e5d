import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { keyName, useStage } from '../controls.tsx'
import { type PanelId, type PanelPlace, panels } from '../panels/index.ts'
import { text } from '../text.ts'
import { Icon, type IconName } from './icon.tsx'

/** The panel that is open. */
export const openPanel = signal<PanelId | null>(null)

const pictures: Readonly<Partial<Record<PanelId, IconName>>> = {
  score: 'score',
  songs: 'songs',
  settings: 'settings',
  player: 'player',
  files: 'files',
  help: 'help',
}

/** A button for each panel. */
export function PanelButtons() {
  return (
    <nav aria-label={text.panelsName}>
      {panels.map(({ id, label, title, key }) => {
        const picture = pictures[id]
        return (
          picture && (
            <button
              type="button"
              class="button pictured"
              key={id}
              title={key === null ? title : `${title} (${keyName(key)})`}
              aria-expanded={openPanel.value === id}
              onClick={() => {
                openPanel.value = openPanel.value === id ? null : id
              }}
            >
              <Icon name={picture} />
              {label}
            </button>
          )
        )
      })}
    </nav>
  )
}

/** Fetched with the first panel. */
const place = signal<typeof PanelPlace | null>(null)

/** The place of the open panel. */
export function PanelHost() {
  const stage = useStage()
  const isWanted = openPanel.value !== null
  useEffect(() => {
    if (!isWanted || place.peek()) return
    import('../panels/panel-place.tsx').then(
      (panels) => {
        place.value = panels.PanelPlace
      },
      () => {
        openPanel.value = null
      },
    )
  }, [isWanted])
  const Place = place.value
  return Place && <Place stage={stage} open={openPanel} />
}
