import { useSignal } from '@preact/signals'
import { useStage } from '../controls.tsx'
import { remembered } from '../desks/remembered.ts'
import { text } from '../text.ts'
import { Icon } from './icon.tsx'
import { Mark } from './mark.tsx'

/** Whether the visitor has been here before. */
const isKnown = remembered('known', false)

/** The first thing that a visitor sees, and whoever has the link to the demonstration: what this is, and one button. */
export function Welcome() {
  const { demo } = useStage()
  const isOpen = useSignal(!isKnown.value || new URLSearchParams(location.search).has('demo'))
  const close = () => {
    isKnown.value = true
    isOpen.value = false
  }
  if (!isOpen.value) return null
  return (
    <div class="welcome" role="dialog" aria-modal="true" aria-label={text.name}>
      <p class="signs">
        <Mark who="human" />
        <Mark who="machine" />
      </p>
      <h1>{text.name}</h1>
      <p class="promise">{text.welcome.promise}</p>
      <button
        type="button"
        class="button primary big"
        // biome-ignore lint/a11y/noAutofocus: it is the one thing to do here.
        autoFocus
        onClick={() => {
          close()
          demo.start()
        }}
      >
        <Icon name="play" /> {text.welcome.play}
      </button>
      <p class="quiet">{text.welcome.playHint}</p>
      <button type="button" class="button plain" onClick={close}>
        {text.welcome.skip}
      </button>
    </div>
  )
}
