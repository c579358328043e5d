import { StageContext, useLearning } from './controls.tsx'
import { Bar } from './parts/bar.tsx'
import { Improv } from './parts/improv.tsx'
import { Keyboard } from './parts/keyboard.tsx'
import { Loading, Toast } from './parts/notices.tsx'
import { keepFocus, keepOwnKeys } from './parts/own-keys.ts'
import { PanelHost } from './parts/panel-host.tsx'
import { Rows } from './parts/rows.tsx'
import { Welcome } from './parts/welcome.tsx'
import type { Stage } from './stage.ts'

/** The page. */
export function App({ stage }: { readonly stage: Stage }) {
  return (
    <StageContext.Provider value={stage}>
      <Screen />
      <Welcome />
    </StageContext.Provider>
  )
}

/** Everything that a performer sees. */
function Screen() {
  const learning = useLearning()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only sees to it whose keys are whose.
    <div class={learning.on.value ? 'screen learning' : 'screen'} onKeyDown={keepOwnKeys} onMouseDown={keepFocus}>
      <Loading />
      <Bar />
      <Rows />
      <Improv />
      <Keyboard />
      <PanelHost />
      <Toast />
    </div>
  )
}
