import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { StageContext, useLearning } from './controls.tsx'
import { remembered } from './devices/remembered.ts'
import { Bar } from './parts/bar.tsx'
import { Improv } from './parts/improv.tsx'
import { Keyboard } from './parts/keyboard.tsx'
import { Loading, Toast } from './parts/notices.tsx'
import { handleOwnKeys, preventFocus, releaseFocus } from './parts/own-keys.ts'
import { openTab, PageTabs } from './parts/page-tabs.tsx'
import { PanelHost } from './parts/panel-host.tsx'
import { Rows } from './parts/rows.tsx'
import { Welcome } from './parts/welcome.tsx'
import type { Stage } from './stage.ts'
import { text } from './text.ts'

/** Whether the visitor has been here before. */
const hasVisited = remembered('known')

/** The page. A first visit, or one by the demonstration's link, starts with the welcome. */
export function App({ stage }: { readonly stage: Stage }) {
  const isWelcomed = useSignal(!hasVisited.value || new URLSearchParams(location.search).has('demo'))
  const enter = () => {
    hasVisited.value = true
    isWelcomed.value = false
  }
  return (
    <StageContext.Provider value={stage}>
      <Screen inert={isWelcomed.value} />
      {isWelcomed.value && <Welcome close={enter} />}
    </StageContext.Provider>
  )
}

/** Everything but the welcome. */
function Screen({ inert }: { readonly inert: boolean }) {
  const { on, toggle } = useLearning()
  useEffect(() => {
    // It is there before any panel: Escape leaves Learn, and neither closes a panel nor silences anything.
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !on.peek()) return
      event.preventDefault()
      event.stopImmediatePropagation()
      toggle()
    }
    addEventListener('keydown', leave, { capture: true })
    return () => removeEventListener('keydown', leave, { capture: true })
  }, [])
  return (
    <main
      class={on.value ? 'screen learning' : 'screen'}
      inert={inert}
      data-tab={openTab.value}
      onKeyDown={handleOwnKeys}
      onMouseDown={preventFocus}
      onChange={releaseFocus}
    >
      <h1 class="unseen">{text.name}</h1>
      <Loading />
      <Bar />
      <PageTabs />
      <Rows />
      <Improv />
      <Keyboard />
      <PanelHost />
      <Toast />
    </main>
  )
}
