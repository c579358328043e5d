import { useSignal } from '@preact/signals'
import { longestStyle } from '../../../band/index.ts'
import { ContentError } from '../../../music/index.ts'
import { useStage } from '../../controls.tsx'
import { FilePick } from '../fields.tsx'
import { text } from '../text.ts'

/** Opens a style of the performer's own, which the band plays from then on. */
export function OwnStyle() {
  const stage = useStage()
  const trouble = useSignal<string | null>(null)
  const { playing } = text.settings
  const open = async (file: File) => {
    try {
      // What checks a style is fetched only when one is opened.
      const { readBandStyle } = await import('../../../io/band-style.ts')
      const source = await file.slice(0, longestStyle + 1).text()
      if (source.length > longestStyle) throw new ContentError('is too long for a style.')
      readBandStyle(source)
      stage.dispatch({ type: 'bandStyle', file: source })
      trouble.value = null
    } catch (error) {
      trouble.value = `${file.name} ${error instanceof ContentError ? error.message : playing.styleGone}`
    }
  }
  return (
    <>
      {trouble.value !== null && <p role="alert">{trouble.value}</p>}
      <div class="buttons">
        <FilePick accept=".json" onPick={(file) => void open(file)}>
          {playing.openStyle}
        </FilePick>
        <span class="quiet">{playing.openStyleHint}</span>
      </div>
    </>
  )
}
