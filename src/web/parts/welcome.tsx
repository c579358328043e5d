import { useStage } from '../controls.tsx'
import { playBandForm } from '../play-band-form.ts'
import { text } from '../text.ts'
import { Icon } from './icon.tsx'
import { Mark } from './mark.tsx'
import { handleOwnKeys } from './own-keys.ts'

/** The first thing that a visitor sees: what this is, and a button to start the demonstration. */
export function Welcome({ close }: { readonly close: () => void }) {
  const stage = useStage()
  const { demo, begins } = stage
  const play = () => {
    close()
    demo.start()
  }
  const playBand = () => {
    close()
    begins()
    void playBandForm(stage, 0)
  }
  const skip = () => {
    close()
    begins()
  }
  return (
    <div class="welcome" role="dialog" aria-modal="true" aria-label={text.name} onKeyDown={handleOwnKeys}>
      <p class="signs">
        <Mark who="human" />
        <Mark who="machine" />
      </p>
      <h1>{text.name}</h1>
      <p class="promise">{text.welcome.promise}</p>
      {/* biome-ignore lint/a11y/noAutofocus: it is the main thing to do here. */}
      <button type="button" class="button primary big" autoFocus onClick={play}>
        <Icon name="play" /> {text.welcome.play}
      </button>
      <p class="quiet">{text.welcome.playHint}</p>
      <button type="button" class="button" onClick={playBand}>
        {text.welcome.band}
      </button>
      <button type="button" class="button plain" onClick={skip}>
        {text.welcome.skip}
      </button>
    </div>
  )
}
