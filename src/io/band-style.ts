import * as v from 'valibot'
import { type BandStyle, bandStyles, type StyleFile, styleOfFile } from '../band/index.ts'
import { ContentError, drumStyles, drums, metreText, parseMetre } from '../music/index.ts'

const amount = (least: number, most: number) => {
  const says = `has to be a number from ${least} to ${most}`
  return v.pipe(v.number(says), v.minValue(least, says), v.maxValue(most, says))
}
const whole = (least: number, most: number) => v.pipe(amount(least, most), v.integer('has to be a whole number'))
const text = (most: number) => {
  const says = `has to be a text of 1 to ${most} letters`
  return v.pipe(v.string(says), v.minLength(1, says), v.maxLength(most, says))
}
const fields = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject(entries, ({ expected }) =>
    expected === 'never' ? 'is not a field of styles' : expected === 'Object' ? 'has to be an object' : 'is missing',
  )

/** The longest pattern is four measures of four beats. */
const longest = 64

/** Rhythms in which a part has some letters for its notes. */
const patterns = (letters: string) => {
  const rhythm = new RegExp(`^[${letters}.][${letters}.-]*$`, 'i')
  return v.pipe(
    v.array(
      fields({
        text: v.pipe(
          text(longest),
          v.regex(
            rhythm,
            `has a letter for each sixteenth: ${[...letters].join(', ')} for a note, - to hold it, . for a rest`,
          ),
        ),
        energy: amount(0, 1),
        weight: v.optional(amount(0.01, 100)),
      }),
      'has to be a list of patterns',
    ),
    v.minLength(1, 'has to have a pattern'),
    v.maxLength(200, 'has more than 200 patterns'),
  )
}

const voicing = v.picklist(
  ['rootless', 'shell', 'quartal', 'drop 2', 'triad'],
  'is one of rootless, shell, quartal, drop 2 and triad',
)

const part = { program: whole(0, 127), length: amount(0.05, 1), velocity: whole(1, 127) }

const bass = v.partial(
  fields({
    ...part,
    patterns: patterns('ro537cwanx'),
    isLocked: v.literal(true, 'is true or left out'),
    isDiatonic: v.literal(true, 'is true or left out'),
    centre: whole(28, 55),
  }),
)

const comping = v.partial(
  fields({
    ...part,
    patterns: patterns('x'),
    voicings: v.pipe(v.array(voicing, 'is a list'), v.minLength(1, 'has to have a kind of voicing')),
    voices: v.strictTuple([whole(2, 6), whole(2, 6)], 'is two numbers: few voices and many'),
    top: whole(60, 84),
  }),
)

function isMetre(text: string): boolean {
  try {
    return parseMetre(text) !== null
  } catch {
    return false
  }
}

/** A metre as it is named: `2+2+3/8` is 7/8. */
const customary = (text: string) => metreText(parseMetre(text))

/** Where which drums are struck. */
const drumming = v.pipe(
  v.array(
    fields({
      drum: v.picklist(drums, `is one of ${drums.join(', ')}`),
      text: v.pipe(
        text(2 * longest),
        v.regex(/^[x.-]+$/, 'has a letter for each sixteenth: x for a stroke, . for none, - for either'),
      ),
      metre: v.optional(
        v.pipe(text(100), v.check(isMetre, 'is a metre, such as 7/8 or 3+2+2/8'), v.transform(customary)),
      ),
      nats: v.optional(amount(0, 10)),
    }),
    'has to be a list of patterns',
  ),
  v.maxLength(50, 'has more than 50 patterns'),
)

const swing = v.nullable(fields({ slow: amount(0.5, 0.8), fast: amount(0.5, 0.8) }))

const names = bandStyles.map(({ name }) => name)

const schema = fields({
  name: text(40),
  like: v.picklist(names, `has to be one of ${names.join(', ')}`),
  about: v.optional(text(200)),
  bpm: v.optional(amount(20, 400)),
  drums: v.optional(v.picklist(drumStyles, `is one of ${drumStyles.join(', ')}`)),
  swing: v.optional(swing),
  bass: v.optional(bass),
  comping: v.optional(comping),
  drumming: v.optional(drumming),
})

/**
 * A style from a file: like one of the band's, but for what it says (docs/reference/band-style.md).
 *
 * @throws ContentError that says where it is wrong.
 */
export function readBandStyle(source: string): BandStyle {
  const result = v.safeParse(schema, parsed(source), { abortEarly: true })
  if (!result.success) {
    const [issue] = result.issues
    throw new ContentError(`is not a valid style: ${v.getDotPath(issue) ?? 'it'} ${issue.message}.`)
  }
  return styleOfFile(result.output as StyleFile)
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    throw new ContentError('is not JSON: mend it, or see docs/reference/band-style.md.')
  }
}
