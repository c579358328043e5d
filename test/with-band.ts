import { bandStyleFor, measureOf, styleOfFile } from '../src/band/index.ts'
import { Performer } from './performer.ts'

const jobs = { bass: 'bass', chords: 'comping' } as const

/** A track that the band can play. */
type BandTrack = keyof typeof jobs

/** Answers what the band is asked, as the models' thread does. */
export function answered(performer: Performer): Performer {
  for (let left = 20; left > 0; left--) {
    const track = (['bass', 'chords'] as const).find((each) => performer.state.asked[jobs[each]])
    if (!track) return performer
    const asked = performer.asks(jobs[track]).at(-1)
    if (!asked) return performer
    const { style, previous, request, ...brief } = asked
    const told = style?.startsWith('{') ? styleOfFile(JSON.parse(style)) : bandStyleFor(style, brief.now.metre)
    const notes = measureOf(jobs[track], { ...brief, style: told }, previous)
    performer.do({ type: 'answer', job: jobs[track], request, answer: { notes } })
  }
  return performer
}

/** Lets time pass, and the band plan, up to a beat. */
export function goOn(performer: Performer, to: number): Performer {
  for (let beat = Math.max(0, Math.ceil(performer.beat)); beat <= to; beat++) answered(performer.wait(beat))
  return performer
}

/** The band plays a chart, after a measure of count-in. */
export function withBand(chart = 'Dm7 | G7 | Cmaj7 | A7', ...tracks: BandTrack[]): Performer {
  const performer = new Performer()
  if (chart) performer.do({ type: 'chart', chart })
  for (const track of tracks.length > 0 ? tracks : (['bass', 'chords'] as const))
    performer.act(`source-${track}`, 'band')
  return answered(performer.act('count-in', 1).act('play'))
}
