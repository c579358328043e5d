/** A part of a form, such as its A or its bridge. Parts of one name are alike. */
export type FormPart = { readonly name: string; readonly measures: number }

/** What a measure is in a form, for whoever plays it. */
export type FormPlace = {
  /** How many measures of its phrase come after it. */
  readonly left: number
  /** What ends with it, and so what a fill leads out of. */
  readonly ends: 'part' | 'phrase' | null
  /** The same measure of the first part of the same name; null where it is that itself. */
  readonly like: number | null
  /** It belongs to a part of another name than the first: a bridge. */
  readonly isOther: boolean
}

/** From this many measures on, music has a form. */
export const leastForm = 8

/** How many measures a phrase has; what is left over at the end of a part joins the last one. */
const [longPhrase, shortPhrase] = [8, 4]

/** The last measure of each part, from 0. */
export function partEnds(form: readonly FormPart[]): number[] {
  return form.map((_, part) => form.slice(0, part + 1).reduce((sum, { measures }) => sum + measures, -1))
}

/** The measures of a form: phrases are of eight measures where a part can be divided so, and else of four. */
export function formPlaces(form: readonly FormPart[]): FormPlace[] {
  const firsts = new Map<string, { readonly start: number; readonly measures: number }>()
  const places: FormPlace[] = []
  for (const { name, measures } of form) {
    const start = places.length
    const known = firsts.get(name)
    if (!known) firsts.set(name, { start, measures })
    const ends = phraseEnds(measures)
    for (let measure = 0; measure < measures; measure++) {
      const end = ends.find((each) => each >= measure) ?? measures - 1
      places.push({
        left: end - measure,
        ends: measure === measures - 1 ? 'part' : measure === end ? 'phrase' : null,
        like: known && measure < known.measures ? known.start + measure : null,
        isOther: name !== form[0]?.name,
      })
    }
  }
  return places
}

/** The last measure of each phrase of a part. */
function phraseEnds(measures: number): number[] {
  const length = measures % longPhrase === 0 ? longPhrase : shortPhrase
  const count = Math.max(1, Math.floor(measures / length))
  return Array.from({ length: count }, (_, phrase) => (phrase === count - 1 ? measures : (phrase + 1) * length) - 1)
}
