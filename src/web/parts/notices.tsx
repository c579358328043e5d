import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals'
import type { Notice } from '../../runtime/index.ts'
import { noticeText } from '../../session/index.ts'
import { useLearning, useStage } from '../controls.tsx'
import { hasUpdate } from '../devices/offline.ts'
import { text } from '../text.ts'
import { labelOf } from './bound.ts'

/** How long a notice stays: long enough to read it after a phrase. */
const noticeMs = 6000

/** Notices for the performer, and what to do during MIDI learn. */
export function Toast() {
  const { performances, mic, midi, notice, session, sound } = useStage()
  const learning = useLearning()
  const latest = useBriefly(() => notice.value && worded(notice.value))
  const update = useBriefly(() => (hasUpdate.value ? text.update : null))
  const input = useBriefly(() => midi.inputTrouble.value)
  const line = useComputed(() => {
    if (learning.on.value) {
      const { learning: action } = session.value.controls
      return action === null ? text.bar.learnPick : text.bar.learnTouch(labelOf(action))
    }
    const disconnected =
      (midi.isOpen.value && midi.trouble.value) || (mic.value?.on.value && mic.value.trouble.value) || null
    return (
      latest.value ?? update.value ?? sound.trouble.value ?? disconnected ?? input.value ?? performances.trouble.value
    )
  })
  return (
    <div class="toasts" role="status" aria-live="polite">
      {line.value !== null && <p class="toast">{line.value}</p>}
    </div>
  )
}

/** A text, for as long as a notice stays. */
function useBriefly(read: () => string | null): ReadonlySignal<string | null> {
  const shown = useSignal<string | null>(null)
  useSignalEffect(() => {
    shown.value = read()
    const timer = setTimeout(() => {
      shown.value = null
    }, noticeMs)
    return () => clearTimeout(timer)
  })
  return shown
}

function worded({ notice, detail }: Notice): string {
  if (notice === null) return detail ?? ''
  return noticeText(notice, detail)
}

/** The progress of loading sounds and models; nothing when they are loaded. */
export function Loading() {
  const { loaded } = useStage()
  if (loaded.value >= 1) return null
  return <progress class="loading" value={loaded.value} aria-label={text.bar.loading} />
}
