import type { Command } from 'commander'
import { commandsOf, createProgram } from '../../src/cli/program.ts'
import { table } from './table.ts'

/** `docs/reference/cli.md`: every command and option, as commander knows them. */
export function cliDocs(): string {
  return `# The command line

This page has the \`--help\` of each command. Results go to standard output, with \`--json\` as one JSON value; everything else
goes to standard error, in sentences. The exit status is 0 when all went well, 1 for a problem with the input, 2 for wrong usage.
In a checkout, type \`npx tradefours\`.

${commandsOf(createProgram()).map(commandDocs).join('\n\n')}
`
}

function commandDocs(command: Command): string {
  const help = command.createHelp()
  const usage = help.commandUsage(command)
  const args = help.visibleArguments(command).map((each): Row => [each.name(), help.argumentDescription(each)])
  const options = help.visibleOptions(command).map((each): Row => [each.flags, help.optionDescription(each)])
  const commands = command.commands.map((each): Row => [each.name(), each.summary()])
  return [
    `## ${usage.split(/ [[<]/)[0]}`,
    `\`${usage}\``,
    help.commandDescription(command),
    ...termTable('argument', args),
    ...termTable('option', options),
    ...termTable('command', commands),
    ...afterHelp(command),
  ].join('\n\n')
}

type Row = readonly [term: string, meaning: string]

function termTable(what: string, rows: readonly Row[]): string[] {
  const coded = rows.map(([term, meaning]) => [`\`${term}\``, meaning])
  return rows.length === 0 ? [] : [table([what, 'is'], coded)]
}

/** What a command's help says after its options: what its JSON has, and examples. */
function afterHelp(command: Command): string[] {
  const written: string[] = []
  command.configureOutput({ writeOut: (text) => written.push(text) }).outputHelp()
  const after = written.slice(1).join('').trim()
  return after === '' ? [] : [`\`\`\`text\n${after}\n\`\`\``]
}
