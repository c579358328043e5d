import { mixParts, type Part, partSounds } from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { createLimiter } from './limiter.ts'
import { createMeter, type Level } from './meter.ts'
import { createRoom, hall, overheads } from './room.ts'

/** The places of the mix. */
export type Mixer = {
  /** Where a part's sounds go, from somewhere between its left, -1, and its right, 1. */
  into(part: Part, pan: number): AudioNode
  /** Puts a part elsewhere: from −1, left, to 1, right; and lets the room give more or less of it back, from 0 to 1. */
  setPlace(part: Part, pan: number, room: number): void
  /** How loud everything is together: 1 is as it is mixed. */
  setMaster(volume: number): void
  /** How loud a part is now, or all of them together. */
  level(of: Part | 'all'): Level
  /**
   * Sends the click to the third and fourth output, for the performer alone, or back into the mix.
   *
   * @returns whether it is apart now: a device with fewer than four outputs has no place for it.
   */
  setClickApart(apart: boolean): boolean
}

/** Brings an ordinary performance to −16 LUFS: `npm run loudness` measures it. */
const headroom = 1.7

/** Makes a mixer that plays to a context's outputs. */
export function createMixer(context: BaseAudioContext): Mixer {
  const mix = context.createGain()
  mix.gain.value = headroom
  const limiter = createLimiter(context)
  mix.connect(limiter.input)
  limiter.output.connect(context.destination)
  const room = createRoom(context, hall, mix)

  const strips = Object.fromEntries(mixParts.map((part) => [part, createStrip(context, part)])) as Record<Part, Strip>
  for (const { output, send } of Object.values(strips)) {
    output.connect(mix)
    send.connect(room)
  }
  const all = createMeter(context, limiter.output)
  let apart: { disconnect(): void } | null = null

  return {
    into: (part, pan) => strips[part].into(pan),
    setPlace: (part, pan, room) => strips[part].setPlace(pan, room),
    setMaster(volume) {
      mix.gain.setTargetAtTime(headroom * volume, context.currentTime, smooth)
    },
    level: (of) => (of === 'all' ? all() : strips[of].level()),
    setClickApart(wanted) {
      if (wanted === (apart !== null)) return wanted
      const click = strips.click.output
      if (apart) {
        apart.disconnect()
        apart = null
        limiter.output.connect(context.destination)
        click.connect(mix)
      } else if (context.destination.maxChannelCount >= 4) {
        limiter.output.disconnect(context.destination)
        click.disconnect(mix)
        apart = splitOutputs(context, limiter.output, click)
      }
      return apart !== null
    },
  }
}

type Strip = {
  into(pan: number): AudioNode
  readonly output: AudioNode
  readonly send: AudioNode
  setPlace(pan: number, room: number): void
  level(): Level
}

/** How fast faders move: too slow to click. */
const smooth: Seconds = 0.02

function createStrip(context: BaseAudioContext, part: Part): Strip {
  const { pan: initial, room, overheads: near = 0 } = partSounds[part]
  let place = initial
  const output = context.createGain()
  const send = context.createGain()
  send.gain.value = room
  output.connect(send)
  const input = context.createGain()
  input.connect(output)
  if (near > 0) {
    const above = context.createGain()
    above.gain.value = near
    input.connect(above).connect(createRoom(context, overheads, output))
  }
  /** One for each place that sounds come from: far fewer than there are notes. */
  const panners = new Map<number, StereoPannerNode>()
  const placed = (pan: number) => Math.min(1, Math.max(-1, place + pan))
  return {
    into(pan) {
      const known = panners.get(pan)
      if (known) return known
      const panner = context.createStereoPanner()
      panner.pan.value = placed(pan)
      panner.connect(input)
      panners.set(pan, panner)
      return panner
    },
    setPlace(pan, room) {
      place = pan
      for (const [own, panner] of panners) panner.pan.setTargetAtTime(placed(own), context.currentTime, smooth)
      send.gain.setTargetAtTime(room, context.currentTime, smooth)
    },
    output,
    send,
    level: createMeter(context, output),
  }
}

/** The mix to the first two outputs, the click to the next two. */
function splitOutputs(context: BaseAudioContext, mix: AudioNode, click: AudioNode): { disconnect(): void } {
  const { destination } = context
  if (destination.channelCount < 4) destination.channelCount = 4
  destination.channelInterpretation = 'discrete'
  const sides = context.createChannelSplitter(2)
  const outputs = context.createChannelMerger(4)
  const limiter = createLimiter(context)
  const monitor = context.createGain()
  monitor.gain.value = headroom
  mix.connect(sides)
  sides.connect(outputs, 0, 0)
  sides.connect(outputs, 1, 1)
  click.connect(monitor).connect(limiter.input)
  limiter.output.connect(outputs, 0, 2)
  limiter.output.connect(outputs, 0, 3)
  outputs.connect(destination)
  return {
    disconnect() {
      mix.disconnect(sides)
      click.disconnect(monitor)
      outputs.disconnect(destination)
      destination.channelInterpretation = 'speakers'
    },
  }
}
