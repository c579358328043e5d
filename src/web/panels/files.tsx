import { useSignal } from '@preact/signals'
import type { StoredPerformance } from '../stage.ts'
import { DropPlace } from './drop-place.tsx'
import { Block, FilePick, Press } from './fields.tsx'
import type { PanelProps } from './panel.ts'
import { shareSongs, songNow } from './songs/song-now.ts'
import './files.css'
import { text } from './text.ts'

/** Saves, exports and opens performances, and lists those that are stored in the browser. */
export function Files({ stage }: PanelProps) {
  const { performances } = stage
  const trouble = useSignal<string | null>(null)
  const report = async (done: Promise<string | null>) => {
    trouble.value = await done
  }
  const open = (file: File) => void report(performances.open(file))
  return (
    <DropPlace
      onDrop={({ files: [file] }) => {
        if (file) open(file)
      }}
    >
      {trouble.value !== null && <p role="alert">{trouble.value}</p>}
      <Block title={text.files.current}>
        {performances.trouble.value === null && <p class="quiet">{text.files.currentHint}</p>}
        <div class="buttons">
          <Press title={text.files.saveHint} onPress={performances.save}>
            {text.files.save}
          </Press>
          <Press title={text.files.midiHint} onPress={performances.exportMidi}>
            {text.files.midi}
          </Press>
          <WavButton exportWav={performances.exportWav} />
          <Press title={text.files.songHint} onPress={() => void shareSongs([songNow(stage.session.peek())], '')}>
            {text.files.song}
          </Press>
          <Press title={text.files.startNewHint} onPress={() => void report(performances.startAnew())}>
            {text.files.startNew}
          </Press>
        </div>
      </Block>
      <Block title={text.files.earlier}>
        {performances.stored.value.length === 0 ? (
          <p class="quiet">{text.files.noEarlier}</p>
        ) : (
          <ul class="lines">
            {performances.stored.value.map((stored) => (
              <StoredLine
                key={stored.name}
                stored={stored}
                onContinue={() => void report(performances.continue(stored.name))}
                onDelete={() => void report(performances.forget(stored.name))}
              />
            ))}
          </ul>
        )}
        <div class="buttons">
          <FilePick accept=".tradefours" onPick={open}>
            {text.files.open}
          </FilePick>
          <span class="quiet">{text.files.drop}</span>
        </div>
      </Block>
    </DropPlace>
  )
}

/** Renders the sound, and shows the progress. */
function WavButton({ exportWav }: { readonly exportWav: (onProgress: (done: number) => void) => Promise<void> }) {
  const done = useSignal<number | null>(null)
  const failed = useSignal(false)
  const render = async () => {
    failed.value = false
    done.value = 0
    try {
      await exportWav((share) => {
        done.value = share
      })
    } catch (error) {
      reportError(error)
      failed.value = true
    }
    done.value = null
  }
  return (
    <>
      <Press title={text.files.wavHint} disabled={done.value !== null} onPress={() => void render()}>
        {done.value === null ? text.files.wav : text.files.rendering(done.value)}
      </Press>
      {done.value !== null && <progress value={done.value} max={1} aria-label={text.files.wav} />}
      {failed.value && <span role="alert">{text.files.wavFailed}</span>}
    </>
  )
}

type StoredLineProps = {
  readonly stored: StoredPerformance
  readonly onContinue: () => void
  readonly onDelete: () => void
}

function StoredLine({ stored, onContinue, onDelete }: StoredLineProps) {
  const asked = useSignal(false)
  const when = stored.begunAt.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <li>
      <span class="when">{when}</span>
      <Press label={text.files.continueThat(when)} onPress={onContinue}>
        {text.files.continue}
      </Press>
      <Press
        class={asked.value ? 'danger' : ''}
        label={asked.value ? text.files.deleteForGood : text.files.deleteThat(when)}
        onPress={() => {
          if (asked.value) onDelete()
          asked.value = !asked.value
        }}
      >
        {asked.value ? text.files.deleteForGood : text.files.delete}
      </Press>
    </li>
  )
}
