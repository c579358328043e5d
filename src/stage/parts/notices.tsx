import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { notices } from '../../session/index.ts'
import { useLearning, useStage } from '../controls.tsx'
import { hasUpdate } from '../desks/offline.ts'
import { text } from '../text.ts'
import { labelOf } from './bound.ts'

/** How long a notice stays: long enough to be read after the phrase. */
const noticeMs = 5000

/** What the performer is told, for a moment, and what is to be done while a pedal learns. */
export function Toast() {
  const { keep, midi, notice, session, sound } = useStage()
  const learning = useLearning()
  const told = useSignal<string | null>(null)
  const tell = (line: string) => {
    told.value = line
    const timer = setTimeout(() => {
      told.value = null
    }, noticeMs)
    return () => clearTimeout(timer)
  }
  useSignalEffect(() => {
    const news = notice.value
    if (!news) return
    return tell(news.notice === 'learnt' && news.detail ? `${notices.learnt} ${news.detail}` : notices[news.notice])
  })
  useSignalEffect(() => (hasUpdate.value ? tell(text.update) : undefined))
  const line = useComputed(() => {
    if (!learning.on.value) {
      const lost = midi.isOpen.value ? midi.trouble.value : null
      return told.value ?? sound.trouble.value ?? lost ?? keep.trouble.value
    }
    const { learning: action } = session.value.controls
    return action === null ? text.bar.learnPick : text.bar.learnTouch(labelOf(action))
  })
  return (
    <div class="toasts" role="status" aria-live="polite">
      {line.value !== null && <p class="toast">{line.value}</p>}
    </div>
  )
}

/** How much of sounds and models is here: a line that is gone when all of it is. */
export function Loading() {
  const { loaded } = useStage()
  if (loaded.value >= 1) return null
  return <progress class="loading" value={loaded.value} aria-label={text.bar.loading} />
}
