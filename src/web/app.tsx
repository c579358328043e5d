import { useSignal } from '@preact/signals'
import { StageContext, useLearning } from './controls.tsx'
import { remembered } from './devices/remembered.ts'
import { Bar } from './parts/bar.tsx'
import { Improv } from './parts/improv.tsx'
import { Keyboard } from './parts/keyboard.tsx'
import { Loading, Toast } from './parts/notices.tsx'
import { giveKeysBack, keepFocus, keepOwnKeys } from './parts/own-keys.ts'
import { PanelHost } from './parts/panel-host.tsx'
import { Rows } from './parts/rows.tsx'
import { Welcome } from './parts/welcome.tsx'
import type { Stage } from './stage.ts'

/** Whether the visitor has been here before. */
const isKnown = remembered('known')

/** The page. Who comes first, or has the link to the demonstration, is welcomed. */
export function App({ stage }: { readonly stage: Stage }) {
  const isWelcomed = useSignal(!isKnown.value || new URLSearchParams(location.search).has('demo'))
  const enter = () => {
    isKnown.value = true
    isWelcomed.value = false
  }
  return (
    <StageContext.Provider value={stage}>
      <Screen inert={isWelcomed.value} />
      {isWelcomed.value && <Welcome close={enter} />}
    </StageContext.Provider>
  )
}

/** Everything that a performer sees. */
function Screen({ inert }: { readonly inert: boolean }) {
  const learning = useLearning()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only sees to it whose keys are whose.
    <div
      class={learning.on.value ? 'screen learning' : 'screen'}
      inert={inert}
      onKeyDown={keepOwnKeys}
      onMouseDown={keepFocus}
      onChange={giveKeysBack}
    >
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
