import type { Stage } from './stage.ts'

/** Plays one of our own forms with the band; the others follow it in the set list. */
export async function playBandForm(stage: Pick<Stage, 'dispatch' | 'act'>, index: number): Promise<void> {
  const { bandForms } = await import('./band-forms.ts')
  const songs = [...bandForms.slice(index), ...bandForms.slice(0, index)]
  stage.dispatch({ type: 'setList', songs })
  stage.act('play')
}
