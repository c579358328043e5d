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

/** `--seed`: the same input, seed and version give the same output. Commands that leave nothing to chance take it, and hide it. */
export const seedOption = (): Option =>
  new Option('--seed <number>', 'the seed of every random choice').argParser(wholeNumber(0)).default(0)

/** Ends a command, as `--help` does, with a list of what an option may be: lines, or JSON where that is asked for. */
export class Listing extends CommanderError {
  readonly entries: readonly { readonly name: string; readonly about: string }[]

  constructor(entries: Listing['entries']) {
    super(0, 'tradefours.list', 'a list')
    this.entries = entries
  }

  /** Its text for standard output. */
  text(isJson: boolean): string {
    if (isJson) return `${JSON.stringify(this.entries.map(({ name, about }) => ({ name, about })))}\n`
    return this.entries.map(({ name, about }) => `${name.padEnd(9)} ${about}\n`).join('')
  }
}

/** A parser of styles; `list` shows them all, and ends the command. */
export function styleOption(text: string): DrumStyle {
  if (text === 'list') throw new Listing(drumStyles.map((name) => ({ name, about: drumStyleNames[name] })))
  try {
    return parseDrumStyle(text)
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}
