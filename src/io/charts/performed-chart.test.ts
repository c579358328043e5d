import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chartText } from '../../../test/arbitraries/charts.ts'
import { readChart } from '../../../test/charts.ts'
import type { Performer } from '../../../test/performer.ts'
import { runs } from '../../../test/runs.ts'
import { stageWith } from '../../../test/songs.ts'
import { arrange, beatsBefore, type EndingName, endings, formOf } from '../../band/index.ts'
import type { Beats } from '../../music/index.ts'
import { lookAheadSeconds, whatComes } from '../../session/index.ts'
import { songOf } from './chart-song.ts'
import type { Chorus } from './read-charts.ts'

/** So many charts as the band must know; all of them in `npm run test:all`. */
const charts = { numRuns: runs(64) }

/** The chord on each unit of each measure of a chart, as `tradefours chart` reads it. */
function chordsOf({ bars }: Chorus): string[] {
  let sounding = 'N.C.'
  return bars.flatMap(({ metre, chords }) => {
    const units = Array.from({ length: metre.numerator }, (_, unit) => {
      const beat = (unit * 4) / metre.denominator
      return chords.findLast((each) => each.beat <= beat + 1e-6)?.symbol ?? sounding
    })
    sounding = chords.at(-1)?.symbol ?? sounding
    return units
  })
}

/** The same of measures as the band plays them. */
function unitsOf({ metre, chords }: ReturnType<typeof formOf>[number]): string[] {
  return Array.from({ length: metre.numerator }, (_, unit) => {
    const beat = (unit * 4) / metre.denominator
    return chords.findLast((each) => each.beat <= beat + 1e-6)?.chord?.symbol ?? 'N.C.'
  })
}

/** The band of a session has planned the measure that begins at a beat, with no notes: this is what it was asked for. */
function askedFor(performer: Performer, start: Beats) {
  performer.wait(start)
  for (const track of ['bass', 'chords'] as const) {
    const job = track === 'bass' ? 'bass' : 'comping'
    for (let left = 4; left > 0 && performer.state.asked[job]; left--) {
      const request = performer.state.asked[job]?.request ?? 0
      performer.do({ type: 'answer', job, request, answer: { notes: [] } })
    }
  }
  return performer.state.band.plans.bass.measures.find((measure) => Math.abs(measure.start - start) < 1e-6)?.now
}

/** A session in which the band plays a chart. */
function playing(chart: Chorus): Performer {
  const performer = stageWith(songOf(chart).song).act('source-bass', 'band').act('source-chords', 'band')
  return performer.act('count-in', 1).act('play')
}

it('the band’s chord on every beat is that of the chart, through repeats, endings, codas and metres', async () => {
  await fc.assert(
    fc.asyncProperty(chartText, async (text) => {
      const chart = await readChart(text)
      const written = chordsOf(chart)
      const arranged = arrange(formOf(chart.bars), 2)
      const twice = arranged.slice(0, 2 * chart.bars.length)
      expect(twice.flatMap(({ now }) => unitsOf(now))).toEqual([...written, ...written])
      const performer = playing(chart)
      const played = twice.flatMap(({ start }) => {
        const now = askedFor(performer, start)
        return now ? unitsOf(now) : [`nothing at ${start}`]
      })
      expect(played).toEqual([...written, ...written])
    }),
    charts,
  )
})

it('after 20 choruses beat one is where it was', async () => {
  await fc.assert(
    fc.asyncProperty(chartText, async (text) => {
      const chart = await readChart(text)
      const length = beatsBefore(chart.bars)
      expect(arrange(formOf(chart.bars), 21)[20 * chart.bars.length]?.start).toBe(20 * length)
      const performer = playing(chart).wait(20 * length - 0.01)
      expect(whatComes(performer.state, 20 * length - 0.01)?.chorus).toBe(20)
      const first = chordsOf(chart).slice(0, chart.bars[0]?.metre.numerator)
      const now = askedFor(performer, 20 * length)
      expect(now && unitsOf(now)).toEqual(first)
      expect(whatComes(performer.state, 20 * length)?.chorus).toBe(21)
    }),
    charts,
  )
})

it('the ending ends on the right chord on the right beat, whenever the last chorus is called', async () => {
  const ending = fc.constantFrom(...(Object.keys(endings) as EndingName[]))
  await fc.assert(
    fc.asyncProperty(chartText, ending, fc.nat(2), fc.nat(99), async (text, wanted, chorus, percent) => {
      const chart = await readChart(text)
      // A tag stays in the last section of the song, which is shorter where the style changes.
      const ending = chart.bars.some(({ style }) => style !== null) ? 'held' : wanted
      const arranged = arrange(formOf(chart.bars), chorus + 2, ending)
      const last = arranged.find(({ end }) => end !== null)
      const length = beatsBefore(chart.bars)
      const performer = playing(chart).act('ending', ending)
      performer.wait((chorus + percent / 100) * length).act('last-chorus')
      if (!last?.end || last.end === 'over') return
      const beat = last.start + last.end.beat
      // Who calls so late that schedulers have come to the last chord gets one more chorus.
      if (beat <= performer.beat + (lookAheadSeconds * performer.state.settings.tempo) / 60) return
      expect(performer.state.transport.ending?.beat).toBeCloseTo(beat, 9)
      for (const { start, now } of arranged) {
        if (start < (chorus + 1) * length || start > beat) continue
        const asked = askedFor(performer, start)
        const heard = start === beat ? 1 : now.metre.numerator
        expect(asked && unitsOf(asked).slice(0, heard), `at ${start}`).toEqual(unitsOf(now).slice(0, heard))
      }
      expect(performer.state.transport.playing).toBe(true)
      const stop = performer.state.transport.ending?.stop ?? 0
      expect(stop).toBeGreaterThan(beat)
      expect(stop).toBeLessThanOrEqual(beat + 4 + 1e-9)
      expect(performer.wait(stop + 0.01).state.transport.playing).toBe(false)
    }),
    { ...charts, examples: [['[A] N.C. C6 | C6 | Dm7 G7 |', 'held', 0, 0]] },
  )
})
