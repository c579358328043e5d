import { formMeasureAt, type PlayedForm, playedForm, type SessionState } from '../../session/index.ts'

/** Where the performance is in its song, in words; null is what there is not. */
export type SongPlace = {
  readonly title: string | null
  /** The section that plays, and the one that comes next. */
  readonly section: string | null
  readonly next: string | null
}

/** Where a performance is in its song at a beat: by the sections of its chart, or else by those of the song. */
export function songPlace(state: SessionState, beat: number): SongPlace {
  const { list, song, section, next } = state.songs
  const played = list[song]
  const form = playedForm(state)
  const inChart = form && chartSections(form, formMeasureAt(state, form, beat))
  const current = played?.sections[section]
  const called = next?.byItself ? undefined : played?.sections[next?.section ?? -1]?.name
  const following = current && (current.next ?? played?.sections[section + 1]?.name)
  return {
    title: played?.title ?? null,
    section: inChart?.now ?? current?.name ?? null,
    next: called ?? inChart?.next ?? following ?? null,
  }
}

/** The section of a chart's measure, and the one after it, over the end to the beginning; null where none is named. */
function chartSections({ measures }: PlayedForm, at: number): { now: string | null; next: string | null } {
  const begins = measures.flatMap(({ section }, index) => (section === null ? [] : [{ section, index }]))
  const now = begins.findLastIndex(({ index }) => index <= at)
  const next = begins[(now + 1) % Math.max(1, begins.length)]
  return { now: begins[now]?.section ?? null, next: begins.length > 1 ? (next?.section ?? null) : null }
}
