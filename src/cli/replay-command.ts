import { Command } from 'commander'
import { metreName, pitchName } from '../music/index.ts'
import {
  type Effect,
  type Expression,
  type Job,
  noticeText,
  positionAt,
  type Question,
  replay,
} from '../session/index.ts'
import { jsonOption, seedOption } from './options.ts'
import { readPerformanceFile } from './performance-file.ts'

/** `tradefours replay`: a recorded performance, event by event. */
export function replayCommand(): Command {
  return new Command('replay')
    .summary('play a recorded performance again, and print what happened')
    .description(
      `Plays a recorded performance again, as fast as the machine can and without any model, and prints what
happened: the same effects as on stage, note for note.`,
    )
    .argument('<session>', 'the file of a performance')
    .addOption(seedOption().hideHelp())
    .addOption(jsonOption('lines'))
    .addHelpText(
      'after',
      `
JSON: {seed, events, seconds, effects: [{at, type, …}]}, with times in seconds, on the performance's own clock.

Example:
  tradefours replay evening.tradefours`,
    )
    .action(run)
}

async function run(path: string, { json }: { json?: boolean }): Promise<void> {
  const performance = await readPerformanceFile(path)
  const first = performance.events[0]?.at ?? 0
  const last = performance.events.reduce((latest, { at }) => Math.max(latest, at), first)
  const effects: (Effect & { at: number })[] = []
  const lines: string[] = []
  for (const { event, effects: came, state } of replay(performance)) {
    for (const effect of came) {
      effects.push({ at: event.at, ...effect })
      const { playing, measure, unit, metre } = positionAt(state, event.at)
      const where = playing ? `${measure}.${unit} ${metreName(metre)}` : ''
      lines.push(`${(event.at - first).toFixed(3).padStart(9)}  ${where.padEnd(12)}  ${describe(effect)}`)
    }
  }
  const seconds = last - first
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ seed: performance.seed, events: performance.events.length, seconds, effects })}\n`,
    )
  } else {
    const total = `${performance.events.length} events in ${seconds.toFixed(1)} s`
    process.stdout.write(`${[...lines, total].join('\n')}\n`)
  }
}

const described: { readonly [Name in Job]: (question: Question<Name>) => string } = {
  groove: () => 'the drum model is asked for a groove',
  'drum-solo': () => 'the drum model is asked for a solo',
  round: () => 'the drum model is asked for the next round of the form',
  bass: () => 'the band’s bass is asked for a measure',
  comping: () => 'the band’s chords are asked for a measure',
  melody: ({ call }) => `a melody model is asked to answer ${call.length} notes`,
  phrase: ({ beats }) => `the phrase model is asked for phrases for ${Math.round(100 * beats) / 100} beats`,
}

function expressed(expression: Expression): string {
  switch (expression.kind) {
    case 'bend':
      return `bend by ${expression.semitones.toFixed(2)}`
    case 'pressure':
      return `aftertouch ${expression.value}`
    case 'key-pressure':
      return `aftertouch ${expression.value} on ${pitchName(expression.pitch)}`
    case 'control':
      return `controller ${expression.controller} at ${expression.value}`
    case 'program':
      return `program ${expression.program}`
  }
}

function describe(effect: Effect): string {
  switch (effect.type) {
    case 'sound':
      return `${effect.track} ${pitchName(effect.pitch)} at ${effect.velocity}${effect.by === 'machine' ? `, chosen for ${pitchName(effect.key)}` : ''}`
    case 'stop':
      return `${effect.track} ${pitchName(effect.pitch)} ends`
    case 'express':
      return `${effect.track}: ${expressed(effect.expression)}`
    case 'silence':
      return `${effect.track ?? 'everything'} is silenced`
    case 'ask':
      return described[effect.job](effect.question as never)
    case 'notify':
      return noticeText(effect.notice, effect.detail)
  }
}
