import * as v from 'valibot'
import { CheckpointError, type CheckpointFiles, type MagentaConfig } from '../checkpoint.ts'
import { about } from './refusal.ts'
import { isWebPage, utf8 } from './text.ts'

/** The fields that matter are checked, others are kept as they are. */
const converter = v.object({ type: v.string(), args: v.exactOptional(v.record(v.string(), v.unknown())) })
const config: v.GenericSchema<unknown, MagentaConfig> = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value), 'an Object'), // to Valibot a list would be one
  v.looseObject({
    type: v.exactOptional(v.string()),
    dataConverter: v.exactOptional(converter),
    chordEncoder: v.exactOptional(v.string()),
    auxInputs: v.exactOptional(v.array(converter)),
    attentionLength: v.exactOptional(v.number()),
    tradefours: v.exactOptional(v.looseObject({ temperature: v.exactOptional(v.number()) })),
  }),
)

/** Names a file right here: no way up or out, and nothing that an address or Windows reads as more than a name. */
const plainName = /^(?!\.{1,2}$)[^/\\:?#%\s\p{Cc}]+$/u

const shardName = v.pipe(
  v.string(),
  v.check((path) => plainName.test(path), 'the plain name of a file'),
)

/** No model has nearly as many files: each costs a look at the folder, or at an address. */
const mostFiles = 1000

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0
const manifest = v.pipe(
  v.array(
    v.object({
      paths: v.pipe(v.array(shardName), v.minLength(1)),
      weights: v.array(
        v.object({
          name: v.string(),
          shape: v.array(v.pipe(v.number(), v.check(isCount, 'a whole number'))),
          dtype: v.picklist(['float32', 'int32', 'bool']),
          quantization: v.exactOptional(
            v.variant('dtype', [
              v.object({ dtype: v.picklist(['uint8', 'uint16']), scale: v.number(), min: v.number() }),
              v.object({ dtype: v.literal('float16') }),
            ]),
          ),
        }),
      ),
    }),
  ),
  v.check(
    (groups) => groups.reduce((sum, { paths }) => sum + paths.length, 0) <= mostFiles,
    `a list of up to ${mostFiles} files`,
  ),
)

/** A group of tensors, one after another in the bytes of all its files together. */
export type WeightGroup = v.InferOutput<typeof manifest>[number]

/** What the folder says about itself, or null where it has no `config.json`. */
export async function readConfig(files: CheckpointFiles): Promise<MagentaConfig | null> {
  const read = await readJson(files, 'config.json', 1, config)
  const type = read?.type ?? 'MusicRNN'
  if (type === 'MusicRNN') return read
  throw new CheckpointError(
    `config.json in ${files.name} is of a ${type}, and only a MusicRNN plays here: choose one, or correct its type.`,
  )
}

/** Which tensors the folder holds, and in which files. */
export async function readManifest(files: CheckpointFiles): Promise<readonly WeightGroup[]> {
  const read = await readJson(files, 'weights_manifest.json', 4, manifest)
  if (read) return read
  throw new CheckpointError(
    `weights_manifest.json in ${files.name} is missing: add the one that came with the weights.`,
  )
}

async function readJson<T>(files: CheckpointFiles, file: string, maxMiB: number, schema: v.GenericSchema<unknown, T>) {
  const maxBytes = maxMiB * 1024 * 1024
  const bytes = await files.read(file, maxBytes + 1)
  if (!bytes) return null
  return about(`${file} in ${files.name}`, () => {
    if (bytes.length > maxBytes) {
      throw new CheckpointError(`is larger than ${maxMiB} MiB: take the one that came with the weights.`)
    }
    if (isWebPage(bytes)) {
      throw new CheckpointError('is a web page and not JSON: correct the address, or download the file itself.')
    }
    const checked = v.safeParse(schema, parse(utf8(bytes)), { abortEarly: true })
    if (checked.success) return checked.output
    throw new CheckpointError(`${complaint(checked.issues[0])}: correct it or download it again.`)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CheckpointError('is not JSON: correct it or download it again.')
  }
}

function complaint(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)
  if (path && issue.received === 'undefined') return `lacks ${path}`
  const received = issue.received.slice(0, 40)
  const place = path ? `has ${received} as ${path}` : `is ${received}`
  return `${place} where ${issue.expected ?? issue.message} belongs`
}
