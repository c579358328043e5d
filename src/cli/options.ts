import { CommanderError, InvalidArgumentError, Option } from 'commander'
import { type DrumStyle, drumStyleNames, drumStyles, parseDrumStyle } from '../music/index.ts'

/** A parser of whole numbers, which are in a range. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`Use a whole number from ${least} to ${most}.`)
  }
}

/** A parser of numbers, which are in a range. */
export function decimal(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() !== '' && value >= least && value <= most) return value
    throw new InvalidArgumentError(`Use a number from ${least} to ${most}.`)
  }
}

/** `--json`, which every command has. */
export const jsonOption = (instead: string): Option => new Option('--json', `print JSON instead of ${instead}`)

/** `--seed`, which every command has: the same input, seed and version give the same output. */
export const seedOption = (): Option =>
  new Option('--seed <number>', 'the seed of every random choice').argParser(wholeNumber(0)).default(0)

/** A parser of styles; `list` shows them all, and ends the command. */
export function styleOption(text: string): DrumStyle {
  if (text === 'list') {
    const lines = drumStyles.map((style) => `${style.padEnd(9)} ${drumStyleNames[style]}\n`)
    process.stdout.write(lines.join(''))
    throw new CommanderError(0, 'tradefours.styles', 'the styles')
  }
  try {
    return parseDrumStyle(text)
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}
