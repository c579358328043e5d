import type { ActionId, Binding, Bindings, SessionState } from '../../session/index.ts'

/** A control that does something now. */
export type BoundControl = {
  /** Such as `cc 41`. */
  readonly control: string
  /** What it sets a dial to, or by how much it moves it; empty where it turns or presses it. */
  readonly how: string
  /** The song has bound it, and not the performer. */
  readonly bySong: boolean
}

/** What does each action now: the section's word counts before the song's, and that before the performer's. */
export function boundControls(
  own: Bindings,
  stand: SessionState['stand'],
): ReadonlyMap<ActionId, readonly BoundControl[]> {
  const song = stand.songs[stand.song]
  const ofSong: Bindings = { ...song?.controls, ...song?.sections[stand.section]?.controls }
  const bound = new Map<ActionId, BoundControl[]>()
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
  const { value, by } = binding
  if (value !== undefined) return `= ${value}`
  if (by !== undefined) return by < 0 ? `− ${-by}` : `+ ${by}`
  return ''
}
