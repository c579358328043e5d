import { Command } from 'commander'
import { accompanyCommand } from './accompany-command.ts'
import { chartCommand } from './chart-command.ts'
import { continueCommand } from './continue-command.ts'
import { grooveCommand } from './groove-command.ts'
import { hostCommand } from './host/host-command.ts'
import { modelsCommand } from './models-command.ts'
import { performCommand } from './perform-command.ts'
import { playerCommand } from './player-command.ts'
import { renderCommand } from './render-command.ts'
import { replayCommand } from './replay-command.ts'
import { respondCommand } from './respond-command.ts'
import { addServe } from './serve-command.ts'
import { tradeCommand } from './trade-command.ts'
import { trialCommand } from './trial-command.ts'
import { version } from './version.ts'

/** The command line with all its commands. Whatever ends it is thrown. */
export function createProgram(): Command {
  const program = addServe(new Command('tradefours'))
    .description('A live improvisation partner. Without a command, tradefours opens the stage in the browser.')
    .version(version, '-V, --version')
    .enablePositionalOptions()
    .showHelpAfterError('Add --help to see the usage.')
    .addCommand(grooveCommand())
    .addCommand(chartCommand())
    .addCommand(accompanyCommand())
    .addCommand(respondCommand())
    .addCommand(tradeCommand())
    .addCommand(playerCommand())
    .addCommand(performCommand())
    .addCommand(hostCommand())
    .addCommand(replayCommand())
    .addCommand(renderCommand())
    .addCommand(trialCommand())
    .addCommand(continueCommand())
    .addCommand(modelsCommand())
  for (const command of commandsOf(program)) command.exitOverride()
  return program
}

/** A command and all those within it, in the order of the help. */
export function commandsOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(commandsOf)]
}
