import { Command } from 'commander'
import { openCheckpoint, shippedModels } from '../io/checkpoints/node.ts'
import {
  type Checkpoint,
  CheckpointError,
  chooseEncoding,
  createModel,
  type EncodingName,
  encodingNames,
  type Model,
  networkOf,
} from '../models/index.ts'
import { InputError } from './input-error.ts'
import { jsonOption, seedOption } from './options.ts'

/** `tradefours models`: which models there are, and what a checkpoint is. */
export function modelsCommand(): Command {
  return new Command('models')
    .enablePositionalOptions()
    .summary('list the models that come with Tradefours, or inspect one')
    .description('Lists the models that come with Tradefours.')
    .addOption(jsonOption('lines'))
    .addOption(seedOption().hideHelp())
    .action(list)
    .addCommand(inspectCommand())
}

function list({ json }: { json?: boolean }): void {
  const models = shippedModels().map((name) => ({ name }))
  const text = models.length > 0 ? models.map(({ name }) => name).join('\n') : 'No models come with this version.'
  process.stdout.write(`${json ? JSON.stringify(models) : text}\n`)
}

function inspectCommand(): Command {
  return new Command('inspect')
    .summary('describe a checkpoint')
    .description(
      `Describes a checkpoint: its encoding, layers, attention and sizes, which tensors are ignored, what is wrong
in its config, and, if it can't be used, why.`,
    )
    .argument('<model>', 'a model: a name, a Magenta.js folder or its address, or a .mag file')
    .option('--encoding <name>', `the model's encoding, if its files don't name it (${encodingNames.join(', ')})`)
    .addOption(jsonOption('lines'))
    .addOption(seedOption().hideHelp())
    .addHelpText(
      'after',
      `
JSON: {name, encoding, layers: [units], attention: {length, around} | null, inputs, classes,
       parameters, ignored: [tensor], notices: [sentence], refused: sentence | null}

Examples:
  tradefours models inspect attention_rnn.mag
  tradefours models inspect checkpoints/drum_kit_rnn --json`,
    )
    .action(inspect)
}

async function inspect(reference: string, { encoding, json }: { encoding?: string; json?: boolean }): Promise<void> {
  const report = reportOn(await open(reference, encoding), reference, encoding)
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : describe(report))
  if (report.refused !== null) throw new InputError(report.refused)
}

type Report = ReturnType<typeof reportOn>

function reportOn(checkpoint: Checkpoint, name: string, asked?: string) {
  const network = usable(() => networkOf(checkpoint, name))
  const { inputs, classes, layers, attention, ignored } = network
  let refused: string | null = null
  let encoding: string | null = null
  let notices: readonly string[] = network.notices
  try {
    const chosen = chooseEncoding(network, checkpoint, name, encodingName(asked))
    encoding = chosen.encoding.name
    notices = [...notices, ...chosen.notices]
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error
    refused = error.message
  }
  const parts = [...checkpoint.tensors].filter(([tensor]) => !ignored.includes(tensor))
  return {
    name,
    encoding,
    layers: layers.map(({ units }) => units),
    attention: attention && { length: attention.length, around: attention.around },
    inputs,
    classes,
    parameters: parts.reduce((sum, [, { data }]) => sum + data.length, 0),
    ignored,
    notices,
    refused,
  }
}

function describe({
  name,
  encoding,
  layers,
  attention,
  inputs,
  classes,
  parameters,
  ignored,
  notices,
}: Report): string {
  const lines = [
    `${name}: ${encoding ?? 'unknown encoding'}`,
    `  layers      ${layers.join(', ')} units`,
    `  attention   ${attention ? `${attention.length} steps, around ${attention.around === 'first' ? 'the first layer' : 'all layers'}` : 'none'}`,
    `  sizes       ${inputs} inputs, ${classes} classes, ${parameters.toLocaleString('en')} parameters`,
    ...(ignored.length > 0 ? [`  ignored     ${ignored.join(', ')}`] : []),
    ...notices.map((notice) => `  ${notice}`),
  ]
  return `${lines.join('\n')}\n`
}

/**
 * Opens a model; with the encoding asked for, a folder needs no config.
 *
 * @throws InputError where it can't be used.
 */
export async function openModel(reference: string, encoding?: string): Promise<Model> {
  const checkpoint = await open(reference, encoding)
  return usable(() => createModel(checkpoint, reference, encodingName(encoding)))
}

async function open(reference: string, encoding?: string): Promise<Checkpoint> {
  try {
    return await openCheckpoint(reference, encoding === undefined)
  } catch (error) {
    if (error instanceof CheckpointError) throw new InputError(error.message)
    throw error
  }
}

/** Runs a step whose complaint about a checkpoint is the user's to hear. */
export function usable<T>(step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (error instanceof CheckpointError) throw new InputError(error.message)
    throw error
  }
}

/** The encoding that was asked for by name. */
function encodingName(asked: string | undefined): EncodingName | undefined {
  const known = encodingNames.find((name) => name === asked)
  if (known || asked === undefined) return known
  throw new InputError(`There is no encoding ${asked}: choose among ${encodingNames.join(', ')}.`)
}
