/** The picture of what an evening costs as it grows: both axes by tens, so that what stays level grows with the evening and no faster. */

/** @typedef {{ title: string, at: readonly number[], lines: readonly { name: string, values: readonly number[] }[] }} Series */

const [width, height, left, room] = [760, 190, 60, 440]
const colours = ['#0969da', '#bc4c00', '#1a7f37', '#8250df']
const [least, most] = [0.1, 1000]

/** @param {readonly Series[]} series */
export function drawScale(series) {
  const charts = series.map((each, index) => chart(each, 50 + index * (height + 60)))
  const total = 50 + series.length * (height + 60)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" role="img">
<title>What an evening costs as it grows</title>
<style>.paper { fill: #fff } text { fill: #24292f; font: 13px system-ui, sans-serif } .grid { stroke: #d0d7de } .line { fill: none; stroke-width: 2 }
@media (prefers-color-scheme: dark) { .paper { fill: #0d1117 } text { fill: #e6edf3 } .grid { stroke: #30363d } }</style>
<rect class="paper" width="${width}" height="${total}"/>
${charts.join('\n')}
</svg>
`
}

/** @param {Series} series @param {number} top */
function chart({ title, at, lines }, top) {
  const [first, last] = [at[0], at[at.length - 1]]
  const x = (/** @type {number} */ value) => left + (room * Math.log(value / first)) / Math.log(last / first)
  const y = (/** @type {number} */ value) => {
    const share = Math.log(Math.min(most, Math.max(least, value)) / least) / Math.log(most / least)
    return top + height * (1 - share)
  }
  const grid = [0.1, 1, 10, 100, 1000].map(
    (value) =>
      `<line class="grid" x1="${left}" x2="${left + room}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/>` +
      `<text x="${left - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value}</text>`,
  )
  const ticks = at.map(
    (value) =>
      `<text x="${x(value).toFixed(1)}" y="${top + height + 18}" text-anchor="middle">${value.toLocaleString('en')}</text>`,
  )
  const drawn = lines.map(({ name, values }, index) => {
    const points = values.map((value, place) => `${x(at[place]).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
    return (
      `<polyline class="line" stroke="${colours[index]}" points="${points}"/>` +
      `<rect x="${left + room + 16}" y="${top + 22 * index + 2}" width="12" height="12" fill="${colours[index]}"/>` +
      `<text x="${left + room + 34}" y="${top + 22 * index + 13}">${name}</text>`
    )
  })
  return `<text x="${left}" y="${top - 14}" font-weight="600">${title}</text>${[...grid, ...ticks, ...drawn].join('')}`
}
