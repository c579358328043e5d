import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { notices } from '../../session/index.ts'
import { useLearning, useStage } from '../controls.tsx'
import { hasUpdate } from '../devices/offline.ts'
import type { ToldNotice } from '../stage.ts'
import { text } from '../text.ts'
import { labelOf } from './bound.ts'

/** How long a notice stays: long enough to be read after the phrase. */
const noticeMs = 5000

/** What the performer is told, for a moment, and what is to be done while a pedal learns. */
export function Toast() {
  const { keep, mic, midi, notice, session, sound } = useStage()
  const learning = useLearning()
  const told = useMoment(() => notice.value && worded(notice.value))
  const update = useMoment(() => (hasUpdate.value ? text.update : null))
  const line = useComputed(() => {
    if (learning.on.value) {
      const { learning: action } = session.value.controls
      return action === null ? text.bar.learnPick : text.bar.learnTouch(labelOf(action))
    }
    const lost = (midi.isOpen.value && midi.trouble.value) || (mic.on.value && mic.trouble.value) || null
    return told.value ?? update.value ?? sound.trouble.value ?? lost ?? keep.trouble.value
  })
  return (
    <div class="toasts" role="status" aria-live="polite">
      {line.value !== null && <p class="toast">{line.value}</p>}
    </div>
  )
}

/** What is new, for as long as a notice stays. */
function useMoment(news: () => string | null): ReadonlySignal<string | null> {
  const told = useSignal<string | null>(null)
  useSignalEffect(() => {
    told.value = news()
    const timer = setTimeout(() => {
      told.value = null
    }, noticeMs)
    return () => clearTimeout(timer)
  })
  return told
}

function worded({ notice, detail }: ToldNotice): string {
  return notice === 'learnt' && detail ? `${notices.learnt} ${detail}` : notices[notice]
}

/** How much of sounds and models is here: a line that is gone when all of it is. */
export function Loading() {
  const { loaded } = useStage()
  if (loaded.value >= 1) return null
  return <progress class="loading" value={loaded.value} aria-label={text.bar.loading} />
}
