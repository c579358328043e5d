import * as v from 'valibot'

/** The longest frame, in bytes of JSON. */
export const longestFrame = 65_536

/** What a page and a host call the protocol. The token goes into the same header, since a page can set no other. */
export const protocolName = 'tradefours-bridge-1'

/** Where a host listens. */
export const bridgePath = '/bridge'

/** How often each side asks whether the other is there, in milliseconds. */
export const askEveryMs = 2000

/** After this many questions without an answer the other end is gone, whatever the network says. */
export const patience = 2

const ms = v.pipe(v.number(), v.finite())
const id = v.pipe(v.string(), v.maxLength(1000))
const ids = v.pipe(v.array(id), v.maxLength(256))
/** Whole MIDI messages, or a packet of OSC. */
const bytes = v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))), v.maxLength(4096))

const value = v.nullable(v.union([v.number(), v.pipe(v.string(), v.maxLength(10_000)), v.boolean()]))

/** What a page asks of a host. All times are on the host's `performance.now()`. */
const toHost = v.variant('type', [
  v.object({ type: v.literal('hear'), input: id }),
  v.object({ type: v.literal('leave'), input: id }),
  v.object({ type: v.literal('send'), output: id, bytes, at: v.optional(ms) }),
  v.object({ type: v.literal('osc'), bytes, at: v.optional(ms) }),
  /** What time is it? `asked` comes back as it is. */
  v.object({ type: v.literal('ping'), asked: ms }),
])

/** What a host tells a page. */
const toPage = v.variant('type', [
  /** The ports that are plugged in, now and after each change. */
  v.object({ type: v.literal('ports'), inputs: ids, outputs: ids }),
  v.object({ type: v.literal('midi-in'), input: id, bytes, at: ms }),
  /** `unixMs` is the time of day by the host's clock on the wall. */
  v.object({ type: v.literal('pong'), asked: ms, at: ms, unixMs: ms }),
  /** Somebody listens to OSC, and wants notes of loops ahead of their moments by this. */
  v.object({ type: v.literal('osc'), leadMs: ms }),
  v.object({ type: v.literal('osc-in'), address: id, values: v.pipe(v.array(value), v.maxLength(64)), at: ms }),
])

export type ToHost = v.InferOutput<typeof toHost>
export type ToPage = v.InferOutput<typeof toPage>

/** Reads a frame for a host; null where it makes no sense. Never throws. */
export const readToHost = (frame: unknown): ToHost | null => read(toHost, frame)

/** Reads a frame for a page; null where it makes no sense. Never throws. */
export const readToPage = (frame: unknown): ToPage | null => read(toPage, frame)

function read<Schema extends typeof toHost | typeof toPage>(schema: Schema, frame: unknown) {
  if (typeof frame !== 'string' || frame.length > longestFrame) return null
  try {
    const { success, output } = v.safeParse(schema, JSON.parse(frame))
    return success ? (output as v.InferOutput<Schema>) : null
  } catch {
    return null
  }
}
