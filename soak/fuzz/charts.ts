import { ChartError, inStyles, readCharts, songOf, songsIn } from '../../src/io/charts/index.ts'
import { parseChart, parseMetre } from '../../src/music/index.ts'
import { readSongs, SongError } from '../../src/session/index.ts'
import { irealLink } from '../../test/charts.ts'
import { zip } from '../../test/zip.ts'
import { bytesOf, file, type Target, textOf } from './target.ts'

/** Reads charts in whatever format they are, and makes songs of them, which must be songs. */
async function feedCharts(bytes: Uint8Array, name: string): Promise<void> {
  const { songs } = await readCharts(bytes, name)
  for (const chart of songs.slice(0, 20)) readSongs(JSON.stringify(await inStyles(songOf(chart).song)))
}

/** A chart of iReal Pro with every kind of token. */
const irealMusic =
  '{*AT44C^7 A-7 |SD-9,p,G7,|N1 x  |E-7(Bbo7) sA7,Ab7,|lr|  <3x>}        |N2n W/E Q][*BT34F#h7/C   |UY<*36Fine>f  ]<D.S. al Coda>[QC6   Z'

const score = `<?xml version="1.0"?><!DOCTYPE score-partwise [<!ENTITY a "aaaa">]>
<score-partwise><work><work-title>Ours &amp; &a;</work-title></work><part id="P1">
<measure number="0" implicit="yes"><attributes><divisions>2</divisions><time><beats>3+1</beats><beat-type>4</beat-type></time></attributes>
<note><duration>2</duration></note></measure>
<measure number="1"><barline location="left"><repeat direction="forward"/></barline>
<direction><direction-type><rehearsal>A</rehearsal></direction-type><direction-type><segno/></direction-type></direction>
<harmony><root><root-step>C</root-step><root-alter>1</root-alter></root><kind text="7">dominant</kind>
<bass><bass-step>E</bass-step></bass><degree><degree-value>9</degree-value><degree-alter>-1</degree-alter><degree-type>add</degree-type></degree>
<offset>2</offset></harmony><note><duration>8</duration></note><backup><duration>4</duration></backup>
<barline location="right"><ending number="1,2" type="stop"/><repeat direction="backward" times="3"/></barline></measure>
<measure number="2"><attributes><measure-style><measure-repeat type="start">1</measure-repeat></measure-style></attributes>
<direction><direction-type><words>D.S. al Coda</words></direction-type><sound tocoda="c" tempo="120"/></direction></measure>
</part></score-partwise>`

/** Charts as people type them, and as other programs write them. */
export const charts: readonly Target[] = [
  {
    name: 'chart',
    good: () => [
      bytesOf('Dm7 G7 | Cmaj7 | % | Bbm7b5/Eb E7#9 |'),
      bytesOf('[A] |: C∆7 / F#ø (b9) |1. G7sus4(b9,b13)/D :| x3 |2. A-7 . N.C. ||\nB: C69 | x2\n'),
      bytesOf('German: H7 | B x4 | Es'),
    ],
    feed: (bytes) => parseChart(textOf(bytes)),
    errors: [RangeError],
  },
  {
    name: 'metre',
    good: () => [bytesOf('2+2+3/8'), bytesOf('7/16')],
    feed: (bytes) => parseMetre(textOf(bytes)),
    errors: [RangeError],
  },
  {
    name: 'iReal Pro',
    good: () => [
      bytesOf(irealLink([{ music: irealMusic }, { music: `T44${'C   |'.repeat(30)}` }], 'Ours')),
      bytesOf(`irealbook://Ours=Nobody=Swing=C=n=${irealMusic}`),
      bytesOf(`<html><a href="${irealLink([{ music: irealMusic }])}">Ours</a></html>`),
    ],
    feed: (bytes) => feedCharts(bytes, 'ours.html'),
    errors: [ChartError],
  },
  {
    name: 'MusicXML',
    good: () => [
      bytesOf(score),
      bytesOf(
        score
          .replaceAll('score-partwise', 'score-timewise')
          .replaceAll(/<part id="P1">|<\/part>/g, '')
          .replaceAll(/<measure number[^>]*>/g, '$&<part id="P1">')
          .replaceAll('</measure>', '</part></measure>'),
      ),
    ],
    feed: (bytes) => feedCharts(bytes, 'ours.musicxml'),
    errors: [ChartError],
  },
  {
    name: '.mxl',
    good: () => [
      zip({ 'META-INF/container.xml': '<c><rootfiles><rootfile full-path="o.xml"/></rootfiles></c>', 'o.xml': score }),
      zip({ 'o.xml': score }, 0),
      zip({ 'o.xml': score, 'n.mxl': zip({ 'o.xml': score }), 'p.xml': new Uint8Array(1 << 20) }),
    ],
    feed: (bytes) => feedCharts(bytes, 'ours.mxl'),
    errors: [ChartError],
  },
  {
    name: 'ChordPro',
    good: () => [
      bytesOf(
        '{title: Ours}\n{key: Em}\n{time: 3/4}\n{soc}\n[Em]la [N.C.]la [|] [C]la\n{eoc}\n{chorus}\n{ns}\n{t: Two}\n[C]la',
      ),
      bytesOf('{sog: 1+4x4+1}\nA |: C . F~G / |1 % . . . :|2 %% . | . . ||. x3\n{eog}\n{c: D.C. al Fine}'),
    ],
    feed: (bytes) => feedCharts(bytes, 'ours.cho'),
    errors: [ChartError],
  },
  {
    name: 'chart as text',
    good: () => [
      bytesOf(
        'Title: Ours\nMetre: 3/4\nKey: Bb\n[A] |: C / G7 | Segno F (b9) |1. % :|2. %% | x3\nBridge: N.C. | 2+2+3/8 C~F To Coda | D.S. al Coda\nCoda | C Fine ||',
      ),
    ],
    feed: (bytes) => feedCharts(bytes, ''),
    errors: [ChartError],
  },
  {
    name: 'a song of any format',
    good: () => [
      bytesOf(irealLink([{ music: irealMusic }])),
      bytesOf(score),
      zip({ 'o.xml': score }),
      bytesOf('{title: Ours}\n[Em]la [C]la'),
      bytesOf('[A: bossa] Dm7 | G7\n[B: swing] Em | A7'),
      file('examples/songs/set-list.json'),
    ],
    async feed(bytes) {
      const { songs } = await songsIn(bytes)
      for (const song of songs.slice(0, 20)) readSongs(JSON.stringify(await inStyles(song)))
    },
    errors: [ChartError, SongError],
  },
]
