/** Plays the scenarios of `docs/scenarios.md`: what a performer does, and what must be heard. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { band } from './scenarios/band.ts'
import { freeRecording } from './scenarios/free-recording.ts'
import { hands } from './scenarios/hands.ts'
import { responses } from './scenarios/responses.ts'
import type { Scenarios } from './scenarios/scenario.ts'
import { onStage } from './scenarios/stage.ts'
import { takes } from './scenarios/takes.ts'

const page = readFileSync(new URL('../docs/scenarios.md', import.meta.url), 'utf8')
const lines = [...page.matchAll(/^\| ([A-Z]\d+) \| (.+) \| (.+) \|$/gm)].map(([, number = '', does = '']) => [
  number,
  does,
])

const scenarios: Scenarios = { ...responses, ...takes, ...freeRecording, ...hands, ...onStage, ...band }

describe('a performer', () => {
  it('has a test for each scenario of the page, in its order', () => {
    expect(Object.keys(scenarios)).toEqual(lines.map(([number]) => number))
  })

  it.each(lines)('%s %s', (number = '') => (scenarios[number] ?? expect.fail('There is no test for it.'))())
})
