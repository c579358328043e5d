import type { Binding, Bindings, SessionState } from '../../session/index.ts'

/** A control that is bound to an action. */
export type BoundControl = {
  /** Such as `cc 41`. */
  readonly control: string
  /** The value that it sets, or the step by which it moves a setting; empty if it turns a knob or presses a button. */
  readonly how: string
  /** Whether the song has bound it, and not the performer. */
  readonly bySong: boolean
}

/** The controls of each action. A section's bindings override the song's, and those the performer's. */
export function boundControls(
  own: Bindings,
  setList: SessionState['songs'],
): ReadonlyMap<string, readonly BoundControl[]> {
  const song = setList.list[setList.song]
  const ofSong: Bindings = { ...song?.controls, ...song?.sections[setList.section]?.controls }
  const bound = new Map<string, BoundControl[]>()
  for (const [control, binding] of Object.entries({ ...own, ...ofSong })) {
    if (!binding) continue
    const action = typeof binding === 'string' ? binding : binding.action
    const known = bound.get(action) ?? []
    bound.set(action, [...known, { control, how: howText(binding), bySong: Object.hasOwn(ofSong, control) }])
  }
  return bound
}

function howText(binding: Binding): string {
  if (typeof binding === 'string') return ''
  const { value, by, from, to } = binding
  if (value !== undefined) return `= ${value}`
  if (from !== undefined && to !== undefined) return `${from} – ${to}`
  if (by !== undefined) return by < 0 ? `− ${-by}` : `+ ${by}`
  return ''
}
