import { useSignal } from '@preact/signals'
import type { Kept } from '../stage.ts'
import { Block, FilePick, Press } from './fields.tsx'
import type { PanelProps } from './panel-list.ts'
import { shareSongs, songNow } from './songs/song-now.ts'
import './keep.css'
import { text } from './text.ts'

/** What is kept of performances, and how it leaves the page. */
export function Keep({ stage }: PanelProps) {
  const { keep } = stage
  const trouble = useSignal<string | null>(null)
  const isOver = useSignal(false)
  const tell = async (done: Promise<string | null>) => {
    trouble.value = await done
  }
  const open = (file: File) => void tell(keep.open(file))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a second way to what a button does.
    <div
      class={isOver.value ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        isOver.value = true
      }}
      onDragLeave={() => {
        isOver.value = false
      }}
      onDrop={(event) => {
        event.preventDefault()
        isOver.value = false
        const [file] = event.dataTransfer?.files ?? []
        if (file) open(file)
      }}
    >
      {trouble.value !== null && <p role="alert">{trouble.value}</p>}
      <Block title={text.keep.this}>
        {keep.trouble.value === null && <p class="quiet">{text.keep.thisHint}</p>}
        <div class="buttons">
          <Press title={text.keep.saveHint} onPress={keep.save}>
            {text.keep.save}
          </Press>
          <Press title={text.keep.midiHint} onPress={keep.exportMidi}>
            {text.keep.midi}
          </Press>
          <WavButton exportWav={keep.exportWav} />
          <Press title={text.keep.songHint} onPress={() => void shareSongs([songNow(stage.session.peek())], '')}>
            {text.keep.song}
          </Press>
          <Press title={text.keep.anewHint} onPress={() => void tell(keep.startAnew())}>
            {text.keep.anew}
          </Press>
        </div>
      </Block>
      <Block title={text.keep.others}>
        {keep.kept.value.length === 0 ? (
          <p class="quiet">{text.keep.nothingKept}</p>
        ) : (
          <ul class="lines">
            {keep.kept.value.map((kept) => (
              <KeptLine
                key={kept.name}
                kept={kept}
                goOn={() => void tell(keep.continue(kept.name))}
                forget={() => void keep.forget(kept.name)}
              />
            ))}
          </ul>
        )}
        <div class="buttons">
          <FilePick accept=".tradefours" onPick={open}>
            {text.keep.open}
          </FilePick>
          <span class="quiet">{text.keep.drop}</span>
        </div>
      </Block>
    </div>
  )
}

/** Renders the sound, and shows how far it is. */
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
      <Press title={text.keep.wavHint} disabled={done.value !== null} onPress={() => void render()}>
        {done.value === null ? text.keep.wav : text.keep.rendering(done.value)}
      </Press>
      {done.value !== null && <progress value={done.value} max={1} aria-label={text.keep.wav} />}
      {failed.value && <span role="alert">{text.keep.wavFailed}</span>}
    </>
  )
}

type KeptLineProps = { readonly kept: Kept; readonly goOn: () => void; readonly forget: () => void }

function KeptLine({ kept, goOn, forget }: KeptLineProps) {
  const asked = useSignal(false)
  const when = kept.begunAt.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <li>
      <span class="when">{when}</span>
      <Press label={text.keep.goOnWith(when)} onPress={goOn}>
        {text.keep.goOn}
      </Press>
      <Press
        class={asked.value ? 'danger' : ''}
        label={asked.value ? text.keep.forgetForGood : text.keep.forgetThat(when)}
        onPress={() => {
          if (asked.value) forget()
          asked.value = !asked.value
        }}
      >
        {asked.value ? text.keep.forgetForGood : text.keep.forget}
      </Press>
    </li>
  )
}
