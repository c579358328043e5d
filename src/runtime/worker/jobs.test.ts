import { describe, expect, it } from 'vitest'
import { withBand } from '../../../test/with-band.ts'
import { jobs } from './jobs.ts'

/** What the worker's bass plays when it is told a style. */
function bassIn(style: string) {
  const { request: _, ...question } = withBand().asks('bass').at(-1) ?? expect.fail('Nobody asked for a bass.')
  const noModels = () => expect.fail('The band needs no model.')
  return jobs.bass(noModels, { ...question, style }).next().value
}

const ours = { name: 'Ours', like: 'bossa', bass: { patterns: [{ text: 'r---r---r---r---', energy: 0.5 }] } }

describe('a style of the performer’s own', () => {
  it('is played however its file is laid out', () => {
    expect(bassIn(`\n  ${JSON.stringify(ours, null, 2)}\n`)).toEqual(bassIn(JSON.stringify(ours)))
  })

  it.each([
    ['a pattern without a letter', { ...ours, bass: { patterns: [{ text: '', energy: 0.5 }] } }],
    ['a style that nobody knows', { ...ours, like: 'constructor' }],
  ])('is refused where a performance from elsewhere holds %s', (_, style) => {
    expect(() => bassIn(JSON.stringify(style))).toThrow('is not a valid style')
  })
})
