/** Pictures drawn by hand as SVG: their own paper under them, so that they read on white and on dark pages. */

/** The series' colours: the human's, the machine's, and a third. */
export type Ink = 'human' | 'machine' | 'other'

const style = `
    .paper { fill: #ffffff } text { fill: #24292f; font: 13px system-ui, sans-serif } .title { font-weight: 600; font-size: 15px }
    .faint { fill: #656d76 } .small { font-size: 11px } .grid { stroke: #d0d7de; stroke-width: 1 }
    .human { fill: #8c959f } .machine { fill: #0969da } .other { fill: #bc4c00 }
    .line { fill: none; stroke-width: 2 } .line.machine { stroke: #0969da } .line.other { stroke: #bc4c00; stroke-dasharray: 4 3 }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #0d1117 } text { fill: #e6edf3 } .faint { fill: #8d96a0 } .grid { stroke: #30363d }
      .human { fill: #6e7681 } .machine { fill: #58a6ff } .other { fill: #f0883e }
      .line { fill: none } .line.machine { stroke: #58a6ff } .line.other { stroke: #f0883e }
    }`

const width = 760
const top = 68

/** Horizontal bars with their figures, shortest text first: what is less is better or not, the title says. */
export function barChart(title: string, unit: string, bars: readonly (readonly [string, number, Ink])[]): string {
  const [row, left, room] = [28, 250, width - 250 - 80]
  const most = Math.max(...bars.map(([, value]) => value))
  const body = bars.map(([label, value, ink], index) => {
    const y = top + row * index
    const length = (room * value) / most
    return [
      words(left - 10, y + 16, label, 'text-anchor="end"'),
      rectangle(left, y + 3, length, row - 8, ink, `${label}: ${value.toFixed(3)} ${unit}`),
      words(left + length + 8, y + 16, value.toFixed(3)),
    ].join('')
  })
  return picture(title, unit, top + row * bars.length + 12, body)
}

/** Distributions over the same values: the first as a filled shape, the others as lines over it. */
export function distributions(
  title: string,
  unit: string,
  labels: readonly string[],
  series: readonly (readonly [string, readonly number[], Ink])[],
): string {
  const [left, height] = [56, 240]
  const most = Math.max(...series.flatMap(([, shares]) => shares))
  const step = (width - left - 24) / labels.length
  const x = (index: number) => left + step * index
  const y = (share: number) => top + height * (1 - share / most)
  const tick = most > 0.2 ? 0.1 : most > 0.08 ? 0.04 : 0.02
  const body = [
    ...range(Math.floor(most / tick) + 1).map(
      (index) =>
        `<line class="grid" x1="${left}" x2="${width - 24}" y1="${round(y(index * tick))}" y2="${round(y(index * tick))}"/>` +
        words(left - 8, y(index * tick) + 4, `${Math.round(100 * index * tick)} %`, 'text-anchor="end" class="faint"'),
    ),
    ...series.flatMap(([, shares, ink], index) =>
      index === 0
        ? shares.map((share, at) => rectangle(x(at) + 1, y(share), step - 2, top + height - y(share), ink))
        : [
            `<path class="line ${ink}" d="${outline(
              shares.map((share, at) => [x(at), y(share)]),
              x(labels.length),
            )}"/>`,
          ],
    ),
    ...labels.map((label, at) =>
      words(x(at) + step / 2, top + height + 18, label, 'text-anchor="middle" class="faint small"'),
    ),
  ]
  const legend = series.map(([name, , ink], index) => key(left + 150 * index, top + height + 34, name, ink))
  return picture(title, unit, top + height + 60, [...body, ...legend])
}

/** Bars side by side for each label. */
export function groupedBars(
  title: string,
  unit: string,
  labels: readonly string[],
  series: readonly (readonly [string, readonly number[], Ink])[],
): string {
  const [left, height] = [24, 200]
  const most = Math.max(...series.flatMap(([, values]) => values))
  const step = (width - left - 24) / labels.length
  const thick = (step - 14) / series.length
  const body = labels.flatMap((label, at) => [
    ...series.flatMap(([name, values, ink], index) => {
      const value = values[at] ?? 0
      const tall = (height * value) / most
      const x = left + step * at + 7 + thick * index
      return [
        rectangle(x, top + height - tall, thick - 2, tall, ink, `${label}, ${name}: ${value.toFixed(2)}`),
        words(x + thick / 2 - 1, top + height - tall - 4, value.toFixed(1), 'text-anchor="middle" class="faint"'),
      ]
    }),
    words(left + step * (at + 0.5), top + height + 18, label, 'text-anchor="middle"'),
  ])
  const legend = series.map(([name, , ink], index) => key(left + 7 + 200 * index, top + height + 34, name, ink))
  return picture(title, unit, top + height + 60, [...body, ...legend])
}

/** A note of a piano roll; times in beats. */
export type RollNote = { readonly pitch: number; readonly beat: number; readonly beats: number; readonly ink: Ink }

/** Notes under their chords, four measures a line. */
export function pianoRoll(
  title: string,
  unit: string,
  roll: {
    readonly beatsPerMeasure: number
    /** The symbols of each measure, which they share evenly. */
    readonly chords: readonly (readonly string[])[]
    readonly notes: readonly RollNote[]
    readonly legend: readonly (readonly [string, Ink])[]
    /** The name of a C at the left edge. */
    readonly pitchName: (pitch: number) => string
  },
): string {
  const [left, perLine, semitone] = [44, 4, 5]
  const pitches = roll.notes.map(({ pitch }) => pitch)
  const [lowest, highest] = [Math.min(...pitches) - 1, Math.max(...pitches) + 1]
  const tall = (highest - lowest + 1) * semitone
  const line = tall + 40
  const beat = (width - left - 16) / (perLine * roll.beatsPerMeasure)
  const lines = Math.ceil(roll.chords.length / perLine)
  const y = (index: number, pitch: number) => top + line * index + 22 + (highest - pitch) * semitone
  const body = range(lines).flatMap((index) => [
    ...range(highest - lowest + 1)
      .map((offset) => lowest + offset)
      .filter((pitch) => pitch % 12 === 0)
      .flatMap((pitch) => [
        words(left - 8, y(index, pitch) + 7, roll.pitchName(pitch), 'text-anchor="end" class="faint"'),
        `<line class="grid" x1="${left}" x2="${width - 16}" y1="${y(index, pitch) + semitone}" y2="${y(index, pitch) + semitone}"/>`,
      ]),
    ...range(perLine + 1).map((measure) => {
      const x = round(left + measure * roll.beatsPerMeasure * beat)
      return `<line class="grid" x1="${x}" x2="${x}" y1="${y(index, highest)}" y2="${y(index, lowest) + semitone}"/>`
    }),
    ...roll.chords.slice(index * perLine, (index + 1) * perLine).flatMap((symbols, measure) =>
      symbols.map((symbol, place) => {
        const start = (measure + place / symbols.length) * roll.beatsPerMeasure
        return words(left + start * beat + 2, y(index, highest) - 6, symbol)
      }),
    ),
  ])
  const bars = roll.notes.map(({ pitch, beat: start, beats, ink }) => {
    const index = Math.floor(start / (perLine * roll.beatsPerMeasure))
    const x = left + (start - index * perLine * roll.beatsPerMeasure) * beat
    return rectangle(x, y(index, pitch), Math.max(3, beats * beat - 1), semitone, ink, roll.pitchName(pitch))
  })
  const bottom = top + line * lines
  const legend = roll.legend.map(([name, ink], index) => key(left + 180 * index, bottom, name, ink))
  return picture(title, unit, bottom + 28, [...body, ...bars, ...legend])
}

/** Bars of a drum grid: a column a step, a row a drum; the harder a stroke, the darker. */
export function drumGrid(
  title: string,
  unit: string,
  rows: readonly string[],
  bars: readonly {
    readonly name: string
    readonly strokes: readonly (readonly [row: number, at: number, velocity: number])[]
  }[],
): string {
  const [left, gap, row, perLine] = [84, 10, 12, 4]
  const wide = (width - left - 16) / perLine - gap
  const tall = rows.length * row + 34
  const body = bars.flatMap(({ name, strokes }, index) => {
    const [x, y] = [left + (index % perLine) * (wide + gap), top + Math.floor(index / perLine) * tall]
    return [
      words(x, y - 4, name, 'class="faint small"'),
      ...rows.flatMap((drum, line) => [
        `<line class="grid" x1="${round(x)}" x2="${round(x + wide)}" y1="${y + line * row + 6}" y2="${y + line * row + 6}"/>`,
        ...(index % perLine === 0
          ? [words(left - 8, y + line * row + 10, drum, 'text-anchor="end" class="small"')]
          : []),
      ]),
      ...strokes.map(([line, at, velocity]) =>
        rectangle(
          x + at * wide,
          y + line * row + 1,
          5,
          10,
          velocity >= 90 ? 'other' : velocity >= 45 ? 'machine' : 'human',
        ),
      ),
    ]
  })
  return picture(title, unit, top + Math.ceil(bars.length / perLine) * tall, body)
}

function picture(title: string, unit: string, height: number, body: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${round(height)}" width="${width}" role="img" aria-label="${escaped(title)}">
  <style>${style}
  </style>
  <rect class="paper" width="100%" height="100%" rx="6"/>
  ${[words(16, 26, title, 'class="title"'), words(16, 44, unit, 'class="faint"'), ...body].join('\n  ')}
</svg>
`
}

/** A line along the tops of bars that begin at these points. */
function outline(corners: readonly (readonly [x: number, y: number])[], end: number): string {
  const steps = corners.map(([x, y]) => `H${round(x)}V${round(y)}`)
  return `M${steps.join('').slice(1).replace('V', ' ')}H${round(end)}`
}

function key(x: number, y: number, name: string, ink: Ink): string {
  return rectangle(x, y, 12, 12, ink) + words(x + 18, y + 11, name)
}

function rectangle(x: number, y: number, wide: number, tall: number, ink: Ink, tip = ''): string {
  const box = `<rect class="${ink}" x="${round(x)}" y="${round(y)}" width="${round(wide)}" height="${round(tall)}"`
  return tip ? `${box}><title>${escaped(tip)}</title></rect>` : `${box}/>`
}

function words(x: number, y: number, text: string, attributes = ''): string {
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(text)}</text>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function round(value: number): number {
  return Math.round(10 * value) / 10
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index)
}
