/**
 * `cli/`: the command line.
 *
 * Standard output carries what was asked for and nothing else (one JSON value with `--json`); standard
 * error carries sentences. Exit status: 0 done, 1 a problem with the input, 2 wrong usage.
 */
import { CommanderError } from 'commander'
import { InputError } from './input-error.ts'
import { Listing } from './options.ts'
import { createProgram } from './program.ts'

/** Runs the command line with the arguments after the program's name. Resolves to the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof Listing) process.stdout.write(error.text(args.includes('--json')))
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof InputError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}
