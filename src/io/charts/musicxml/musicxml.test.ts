import { describe, expect, it } from 'vitest'
import { played, readChart } from '../../../../test/charts.ts'
import { zip } from '../../../../test/zip.ts'
import { readCharts } from '../index.ts'

const partwise = (measures: string, head = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">
<score-partwise version="4.0">${head}<part-list><score-part id="P1"><part-name>Lead</part-name></score-part></part-list>
<part id="P1">${measures}</part></score-partwise>`

const attributes = (time = '<beats>4</beats><beat-type>4</beat-type>', more = '') =>
  `<attributes><divisions>2</divisions>${more}<time>${time}</time></attributes>`
const harmony = (root: string, kind: string, more = '') => {
  const [step, sign] = [root[0], root[1]]
  const alter = sign === undefined ? '' : `<root-alter>${sign === 'b' ? -1 : 1}</root-alter>`
  return `<harmony><root><root-step>${step}</root-step>${alter}</root><kind>${kind}</kind>${more}</harmony>`
}
const rest = (duration = 8) => `<note><rest/><duration>${duration}</duration></note>`
const degree = (value: number, alter: number, type = 'add') =>
  `<degree><degree-value>${value}</degree-value><degree-alter>${alter}</degree-alter><degree-type>${type}</degree-type></degree>`
const words = (text: string, sound = '') =>
  `<direction placement="above"><direction-type><words>${text}</words></direction-type>${sound}</direction>`
let number = 0
const measure = (content: string, more = '') => `<measure number="${++number}"${more}>${content}</measure>`
const left = (content: string) => `<barline location="left">${content}</barline>`
const right = (content: string) => `<barline location="right">${content}</barline>`
const forward = left('<repeat direction="forward"/>')
const backward = right('<repeat direction="backward"/>')
const bar = (root: string, before = '', after = '') => measure(`${before}${harmony(root, 'major')}${rest()}${after}`)

/** Scores, and what is played: one for each element, in the dialects of programs that write them. */
const charts: readonly (readonly [what: string, measures: string, played: string])[] = [
  [
    'chords where the notes put them',
    measure(attributes() + harmony('D', 'minor-seventh') + rest(6) + harmony('G', 'dominant') + rest(2)) + bar('C'),
    'Dm7 G7@3 | C',
  ],
  [
    'chords with an offset, as Finale writes them',
    measure(attributes() + harmony('D', 'minor-seventh') + harmony('G', 'dominant', '<offset>4</offset>') + rest()),
    'Dm7 G7@2',
  ],
  [
    'chords over two voices, as MuseScore writes them',
    measure(
      `${attributes()}${harmony('C', 'major')}${rest()}<backup><duration>8</duration></backup><forward><duration>4</duration></forward>${harmony('F', 'major')}${rest(4)}`,
    ),
    'C F@2',
  ],
  [
    'chords in notes that sound together, and grace notes',
    measure(
      `${attributes()}${harmony('C', 'major')}<note><grace/><pitch/></note><note><pitch/><duration>4</duration></note><note><chord/><pitch/><duration>4</duration></note>${harmony('F', 'major')}${rest(4)}`,
    ),
    'C F@2',
  ],
  [
    'a measure in which the chord goes on',
    measure(attributes() + harmony('C', 'major') + rest()) + measure(rest()) + bar('F'),
    'C | - | F',
  ],
  [
    'no chord',
    measure(
      `${attributes()}<harmony><root><root-step text="">C</root-step></root><kind text="N.C.">none</kind></harmony>${rest()}`,
    ) + bar('C'),
    'N.C. | C',
  ],
  [
    'slash chords',
    measure(
      attributes() + harmony('C', 'major', '<bass><bass-step>B</bass-step><bass-alter>-1</bass-alter></bass>') + rest(),
    ),
    'C/Bb',
  ],
  [
    'a bass that is the root',
    measure(attributes() + harmony('C', 'major', '<bass><bass-step>C</bass-step></bass>') + rest()),
    'C',
  ],
  [
    'kinds',
    [
      'minor',
      'augmented',
      'diminished',
      'dominant',
      'major-seventh',
      'diminished-seventh',
      'augmented-seventh',
      'half-diminished',
      'major-minor',
      'minor-sixth',
      'dominant-ninth',
      'minor-11th',
      'major-13th',
      'suspended-second',
      'suspended-fourth',
      'power',
    ]
      .map((kind, index) => measure((index === 0 ? attributes() : '') + harmony('C', kind) + rest()))
      .join(''),
    'Cm | Caug | Cdim | C7 | Cmaj7 | Cdim7 | C7#5 | Cm7b5 | CmMaj7 | Cm6 | C9 | Cm11 | Cmaj13 | Csus2 | Csus4 | C5',
  ],
  [
    'degrees',
    measure(attributes() + harmony('C', 'dominant', degree(9, -1) + degree(5, 1, 'alter')) + rest()) +
      measure(harmony('C', 'major-sixth', degree(9, 0)) + rest()) +
      measure(harmony('C', 'major', degree(9, 0)) + rest()) +
      measure(harmony('C', 'suspended-fourth', degree(7, 0)) + rest()) +
      measure(harmony('C', 'dominant', degree(4, 0) + degree(3, 0, 'subtract')) + rest()) +
      measure(harmony('C', 'minor', degree(7, 1)) + rest()) +
      measure(harmony('C', 'dominant', degree(11, 1)) + rest()) +
      measure(harmony('C', 'major-seventh', degree(11, 1)) + rest()),
    'C7#5b9 | C6/9 | Cadd9 | C7sus4 | C7sus4 | CmMaj7 | C7#11 | Cmaj7#11',
  ],
  [
    'a kind of the program’s own',
    measure(
      `${attributes()}<harmony><root><root-step>G</root-step></root><kind text="7alt">other</kind></harmony>${rest()}`,
    ),
    'G7alt',
  ],
  ['a repeat', bar('C', attributes() + forward) + bar('F', '', backward) + bar('G'), 'C | F | C | F | G'],
  ['a repeat from the start', bar('C', attributes()) + bar('F', '', backward) + bar('G'), 'C | F | C | F | G'],
  [
    'a repeat three times',
    bar('C', attributes() + forward, right('<repeat direction="backward" times="3"/>')) + bar('G'),
    'C | C | C | G',
  ],
  [
    'endings',
    bar('C', attributes() + forward) +
      bar(
        'F',
        left('<ending number="1" type="start"/>'),
        right('<ending number="1" type="stop"/><repeat direction="backward"/>'),
      ) +
      bar('G', left('<ending number="2" type="start"/>'), right('<ending number="2" type="discontinue"/>')) +
      bar('A'),
    'C | F | C | G | A',
  ],
  [
    'an ending for two passes',
    bar('C', attributes() + forward) +
      bar(
        'F',
        left('<ending number="1, 2" type="start">1.-2.</ending>'),
        right('<ending number="1, 2" type="stop"/><repeat direction="backward" times="3"/>'),
      ) +
      bar('G', left('<ending number="3" type="start"/>'), right('<ending number="3" type="stop"/>')),
    'C | F | C | F | C | G',
  ],
  [
    'D.S. al Coda as MuseScore writes it',
    bar('C', attributes()) +
      bar('F', '<direction><direction-type><segno/></direction-type><sound segno="segno"/></direction>') +
      bar('G', '', words('To Coda', '<sound tocoda="codab"/>')) +
      bar('A', '', words('D.S. al Coda', '<sound dalsegno="segno"/>')) +
      bar('D', '<direction><direction-type><coda/></direction-type><sound coda="codab"/></direction>'),
    'C | F | G | A | F | G | D',
  ],
  [
    'D.S. al Coda as Finale and Sibelius write it, in words and signs alone',
    bar('C', attributes()) +
      bar('F', '<direction><direction-type><segno/></direction-type></direction>') +
      bar('G', '', '<direction><direction-type><coda/></direction-type></direction>') +
      bar('A', '', words('D.S. al Coda')) +
      bar('D', '<direction><direction-type><coda/></direction-type></direction>'),
    'C | F | G | A | F | G | D',
  ],
  [
    'To and a sign',
    bar(
      'C',
      attributes(),
      '<direction><direction-type><words>To </words></direction-type><direction-type><coda/></direction-type></direction>',
    ) +
      bar('F', '', words('D.C. al Coda')) +
      bar('G', words('Coda')),
    'C | F | C | G',
  ],
  ['D.C. al Fine in words', bar('C', attributes(), words('Fine')) + bar('F', '', words('D.C. al Fine')), 'C | F | C'],
  [
    'Da Capo by its sound',
    bar('C', attributes(), '<sound fine="yes"/>') +
      bar(
        'F',
        '',
        '<direction><direction-type><words>Da Capo</words></direction-type><sound dacapo="yes"/></direction>',
      ),
    'C | F | C',
  ],
  [
    'segno and coda on a bar line',
    bar('C', attributes()) +
      bar('F', left('<segno/>'), words('To Coda')) +
      bar('G', '', words('D.S.', '<sound dalsegno="s"/>')) +
      bar('A', left('<coda/>')),
    'C | F | G | F | A',
  ],
  [
    'repeated measures',
    bar('C', attributes()) +
      bar('F') +
      measure(
        `<attributes><measure-style><measure-repeat type="start">1</measure-repeat></measure-style></attributes>${rest()}`,
      ) +
      measure(
        `<attributes><measure-style><measure-repeat type="stop"/></measure-style><measure-style><measure-repeat type="start">2</measure-repeat></measure-style></attributes>${rest()}`,
      ),
    'C | F | F | F',
  ],
  [
    'slashes',
    measure(
      `${attributes()}<attributes><measure-style><slash type="start"/></measure-style></attributes>${harmony('C', 'major')}${rest(2)}${rest(2)}${harmony('F', 'major')}${rest(4)}`,
    ),
    'C F@2',
  ],
  [
    'metres that change, and sums',
    measure(attributes('<beats>3</beats><beat-type>4</beat-type>') + harmony('C', 'major') + rest(6)) +
      measure(
        `<attributes><time><beats>2+3</beats><beat-type>8</beat-type></time></attributes>${harmony('F', 'major')}`,
      ) +
      measure(
        `<attributes><time><beats>3+2</beats><beat-type>8</beat-type></time></attributes>${harmony('G', 'major')}`,
      ),
    '3/4 C | 5/8 F | 3+2/8 G',
  ],
  [
    'section marks',
    measure(
      `${attributes()}<direction><direction-type><rehearsal>A</rehearsal></direction-type></direction>${harmony('C', 'major')}${rest()}`,
    ) +
      bar('F') +
      bar('G', '<direction><direction-type><rehearsal>B</rehearsal></direction-type></direction>'),
    '[A] C | F | [B] G',
  ],
  ['a pickup without chords', measure(attributes() + rest(2), ' implicit="yes"') + bar('C') + bar('F'), 'C | F'],
  [
    'a pickup that is a full measure with rests',
    measure(`${attributes()}${rest(6)}<note><pitch/><duration>2</duration></note>`) + bar('C') + bar('F'),
    'C | F',
  ],
  [
    'a pickup with a chord',
    measure(attributes() + harmony('G', 'dominant') + rest(2), ' implicit="yes"') + bar('C'),
    'C',
  ],
  [
    'a pickup with a chord, by which the last measure is short',
    measure(attributes() + harmony('G', 'dominant') + rest(2), ' implicit="yes"') +
      bar('C') +
      measure(harmony('F', 'major') + rest(6), ' implicit="yes"'),
    'C | F G7@3',
  ],
  [
    'a repeat that begins at the pickup',
    measure(attributes() + forward + rest(2), ' implicit="yes"') + bar('C') + bar('F', '', backward) + bar('G'),
    'C | F | C | F | G',
  ],
  [
    'a measure in two halves',
    bar('C', attributes()) +
      measure(harmony('F', 'major') + rest(4)) +
      measure(harmony('G', 'major') + rest(4), ' implicit="yes"') +
      bar('C'),
    'C | F G@2 | C',
  ],
]

describe('a score in MusicXML', () => {
  it.each(charts)('has %s', async (_, measures, expected) => {
    expect(played(await readChart(partwise(measures)))).toBe(expected)
  })

  it('is the same when it is written time-wise, in UTF-16, and packed', async () => {
    for (const [, measures, expected] of charts) {
      const score = partwise(measures)
      const timewise = score
        .replaceAll('score-partwise', 'score-timewise')
        .replace('<part id="P1">', '')
        .replace('</part></score', '</score')
        .replaceAll(/<measure([^>-]*)>/g, '<measure$1><part id="P1">')
        .replaceAll('</measure>', '</part></measure>')
      expect(played(await readChart(timewise))).toBe(expected)
      const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(score, 'utf16le')])
      expect(played(await readChart(wide))).toBe(expected)
      const container = '<container><rootfiles><rootfile full-path="ours.xml"/></rootfiles></container>'
      for (const method of [0, 8] as const) {
        const packed = zip(
          { mimetype: 'x', 'META-INF/container.xml': container, 'a.xml': '<no/>', 'ours.xml': score },
          method,
        )
        expect(played(await readChart(packed, 'ours.mxl'))).toBe(expected)
      }
      expect(played(await readChart(zip({ 'ours.musicxml': score })))).toBe(expected)
      const damaged = "<container><rootfiles><rootfile full-path='Nobody's.xml'/></rootfiles></container>"
      expect(played(await readChart(zip({ 'META-INF/container.xml': damaged, "Nobody's.xml": score })))).toBe(expected)
    }
  })

  it('says title, composer, style, key and tempo', async () => {
    const head =
      '<work><work-title>Ours</work-title></work><identification><creator type="composer">Nobody</creator></identification>'
    const tempo = '<metronome><beat-unit>half</beat-unit><per-minute>96</per-minute></metronome>'
    const direction = `<direction><direction-type><words>Medium Swing</words></direction-type><direction-type>${tempo}</direction-type></direction>`
    const key = '<key><fifths>-3</fifths><mode>minor</mode></key>'
    const chart = await readChart(partwise(bar('C', attributes(undefined, key) + direction), head))
    expect(chart).toMatchObject({ title: 'Ours', composer: 'Nobody', style: 'Medium Swing', key: 'Cm', tempo: 192 })
    const { tempo: heard, key: major } = await readChart(
      partwise(bar('C', `${attributes(undefined, '<key><fifths>2</fifths></key>')}<sound tempo="132.5"/>`)),
    )
    expect([heard, major]).toEqual([132.5, 'D'])
  })

  it('takes the chords of one part and the repeats of all', async () => {
    const parts = `<part id="P1">${bar('C', attributes())}${measure(rest())}</part><part id="P2">${measure(attributes() + rest())}${measure(rest() + backward)}</part>`
    const score = partwise('').replace('<part id="P1"></part>', parts)
    expect(played(await readChart(score))).toBe('C | - | C | -')
  })

  it('names what it can’t read, and reads the rest', async () => {
    const roman = '<harmony><function>V</function><kind>dominant</kind></harmony>'
    const chart = await readChart(
      partwise(
        bar('C', attributes()) +
          measure(roman + rest()) +
          measure(`${harmony('D', 'Tristan')}${rest()}`) +
          measure(harmony('E', 'constructor') + rest()) +
          bar('F'),
      ),
    )
    expect(played(chart)).toBe('C | - | - | - | F')
    expect(chart.notices).toEqual([
      'A harmony in measure 2 is not a chord over a root: it is left out.',
      '“DTristan” in measure 3 is not a chord that can be read: the chord before it goes on.',
      '“Econstructor” in measure 4 is not a chord that can be read: the chord before it goes on.',
    ])
  })
})

describe('what is not a score', () => {
  it.each<readonly [string, string | Uint8Array, string]>([
    ['damaged XML', partwise(bar('C', attributes())).slice(0, -30), 'is damaged MusicXML (line'],
    ['elements without an end', '<score-partwise>'.repeat(100_000), 'is damaged MusicXML'],
    [
      'another document',
      '<html><body>Hello</body></html>',
      'is neither a score in MusicXML nor a page with links of iReal Pro',
    ],
    ['a score without chords', partwise(measure(attributes() + rest())), 'has no chord symbols'],
    ['an archive without a score', zip({ 'a.txt': 'x' }), 'has no score of MusicXML inside'],
    [
      'an archive in an archive',
      zip({ 'a.xml': zip({ 'b.xml': partwise(bar('C', attributes())) }) }),
      'has another archive inside',
    ],
    ['a damaged archive', zip({ 'a.xml': partwise(bar('C', attributes())) }).slice(0, 300), 'is a damaged archive'],
    ['an archive that swells', zip({ 'a.xml': new Uint8Array(64 << 20) }), 'unpacks to more than 8 MiB'],
  ])('is refused: %s', async (_, input, sentence) => {
    await expect(readCharts(input)).rejects.toThrow(sentence)
  })

  it('entities are not expanded', async () => {
    const bomb = `<!DOCTYPE score-partwise [<!ENTITY a "${'C'.repeat(1000)}">${'bcdefghij'.replaceAll(/./g, (name) => `<!ENTITY ${name} "${`&${String.fromCharCode(name.charCodeAt(0) - 1)};`.repeat(10)}">`)}<!ENTITY x SYSTEM "file:///etc/passwd">]>`
    const score = partwise(bar('C', attributes()), '<movement-title>&j;&x;Ours</movement-title>').replace(
      /<!DOCTYPE[^>]*>/,
      bomb,
    )
    expect((await readChart(score)).title).toBe('&j;&x;Ours')
  })
})
