import fc from 'fast-check'

const symbols = ['C6', 'Dm7', 'G7', 'Fmaj7', 'Bbmaj7', 'Am7b5', 'N.C.', 'F#7', 'E7/G#', 'Cm7']
const measure = fc.array(fc.constantFrom(...symbols), { minLength: 1, maxLength: 3 }).map((chords) => chords.join(' '))
const measures = (most: number) => fc.array(measure, { minLength: 1, maxLength: most }).map((each) => each.join(' | '))

const part = fc
  .record({
    name: fc.constantFrom('A', 'B', 'Bridge', 'A: bossa', 'B: swing'),
    metre: fc.constantFrom('4/4', '4/4', '3/4', '5/4', '7/8', '2+2+3/8'),
    measures: measures(6),
    repeat: fc.constantFrom('none', 'plain', 'thrice', 'endings'),
    endings: fc.tuple(measures(2), measures(2)),
  })
  .map(({ name, metre, measures, repeat, endings: [first, second] }) => {
    const head = `[${name}] ${metre}`
    if (repeat === 'plain') return `${head} |: ${measures} :|`
    if (repeat === 'thrice') return `${head} |: ${measures} :| x3`
    if (repeat === 'endings') return `${head} |: ${measures} |1. ${first} :|2. ${second} ||`
    return `${head} | ${measures} |`
  })

/** What leads back at the end of a chart, and what follows it. */
const jumps = fc.constantFrom(
  (chart: readonly string[]) => chart.join('\n'),
  (chart: readonly string[]) => `${chart.join('\nFine\n')}\nD.C. al Fine`,
  ([first = '', ...rest]: readonly string[]) =>
    `${first}\nTo Coda\n${rest.join('\n')}\nD.C. al Coda\nCoda\n[Out] C6 | Dm7 G7 |`,
)

/** Charts as musicians type them: sections in several metres and styles, with repeats, endings, D.C., Fine and coda. */
export const chartText = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 4 }), jumps)
  .map(([parts, jump]) => `Style: Swing\nTempo: 160\n${jump(parts)}`)
