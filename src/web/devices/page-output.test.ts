import { expect, it } from 'vitest'
import type { Output, Sound } from '../../runtime/index.ts'
import type { DueNote } from '../../session/index.ts'
import { microphoneSource, pageOutput } from './page-output.ts'

/** A page whose bass is only sent elsewhere, and what sounds through it. */
function page() {
  const heard: string[] = []
  const output: Output = {
    sound: ({ track, by }) => heard.push(`${track} by ${by}`),
    stop: ({ track }) => heard.push(`${track} ends`),
    schedule: ({ track }) => heard.push(`${track} goes round`),
    express: ({ track, expression }) => heard.push(`${track} ${expression.kind}`),
    silence: () => heard.push('silence'),
  }
  return { heard, output: pageOutput(output, (track) => track !== 'bass') }
}

const sound: Sound = { type: 'sound', track: 'lead', pitch: 60, velocity: 90, gain: 1, by: 'human', key: 60 }

it('a note that a microphone has heard is left out, for it sounds already; the machine’s answer to it is not', () => {
  const { heard, output } = page()
  output.sound(sound, microphoneSource)
  output.sound({ ...sound, by: 'machine' }, microphoneSource)
  output.sound(sound, 'midi')
  output.sound(sound)
  expect(heard).toEqual(['lead by machine', 'lead by human', 'lead by human'])
})

it('a track that is only sent elsewhere does not sound, and everything ends', () => {
  const { heard, output } = page()
  const due: DueNote = { track: 'bass', pitch: 40, velocity: 90, gain: 1, beat: 0, beats: 1 }
  output.sound({ ...sound, track: 'bass' })
  output.schedule(due, 0, 1)
  output.schedule({ ...due, track: 'drums' }, 0, 1)
  output.stop({ type: 'stop', track: 'bass', pitch: 40 })
  output.silence(null)
  expect(heard).toEqual(['drums goes round', 'bass ends', 'silence'])
})
