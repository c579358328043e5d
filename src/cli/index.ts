/**
 * `cli/`: the command line.
 *
 * Standard output carries what was asked for and nothing else (one JSON value with `--json`); standard
 * error carries sentences. Exit status: 0 done, 1 a problem with the input, 2 wrong usage.
 */
import { Command, CommanderError } from 'commander'
import { continueCommand } from './continue-command.ts'
import { grooveCommand } from './groove-command.ts'
import { hostCommand } from './host/host-command.ts'
import { InputError } from './input-error.ts'
import { modelsCommand } from './models-command.ts'
import { performCommand } from './perform-command.ts'
import { renderCommand } from './render-command.ts'
import { replayCommand } from './replay-command.ts'
import { respondCommand } from './respond-command.ts'
import { addServe } from './serve-command.ts'
import { version } from './version.ts'

/** Runs the command line with the arguments after the program's name. Resolves to the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  const program = addServe(new Command('tradefours'))
    .description('A live improvisation partner. Without a command, it opens the stage in the browser.')
    .version(version, '-V, --version')
    .enablePositionalOptions()
    .showHelpAfterError('Add --help to see how it is used.')
    .addCommand(grooveCommand())
    .addCommand(respondCommand())
    .addCommand(performCommand())
    .addCommand(hostCommand())
    .addCommand(replayCommand())
    .addCommand(renderCommand())
    .addCommand(continueCommand())
    .addCommand(modelsCommand())
  exitByThrowing(program)
  try {
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof InputError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

function exitByThrowing(command: Command): void {
  command.exitOverride()
  for (const inner of command.commands) exitByThrowing(inner)
}
