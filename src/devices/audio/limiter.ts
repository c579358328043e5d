/**
 * A limiter that costs no latency, of plain nodes.
 *
 * A key must sound at once, so it can't look ahead as limiters do. It has two halves. What has been too loud for a
 * while is turned down by its own level: `|x|`, smoothed, through a curve, into the gain. What comes suddenly is
 * rounded: straight up to `knee`, then bending towards `ceiling`, which nothing passes. Of an ordinary mix
 * only the tips of the hardest strokes are rounded.
 */
export type Limiter = { readonly input: AudioNode; readonly output: AudioNode }

/** Up to here the signal stays as it is. */
const knee = 0.5

/** The largest sample. Between samples a wave can be higher than they are: this leaves it more than 3 dB. */
const ceiling = 0.66

/** The largest signal that the curves know: 24 dB over full scale. */
const range = 16

/** The mean of `|x|` from which on it is turned down; an ordinary mix stays under it. */
const loud = 0.2

/** How fast the level follows, in hertz. */
const following = 6

/** Makes a limiter for a context. */
export function createLimiter(context: BaseAudioContext): Limiter {
  const input = context.createGain()
  const level = shaper(context, (x) => Math.abs(x))
  const smooth = context.createBiquadFilter()
  smooth.type = 'lowpass'
  smooth.frequency.value = following
  smooth.Q.value = -6
  // What is added to a gain of 1, by the level.
  const turn = shaper(context, (x) => Math.min(0, loud / Math.max(x, loud) - 1))
  const turned = context.createGain()
  const round = shaper(context, rounded)
  input.connect(turned).connect(round.input)
  input.connect(level.input)
  level.output.connect(smooth).connect(turn.input)
  turn.output.connect(turned.gain)
  return { input, output: round.output }
}

function rounded(x: number): number {
  const size = Math.abs(x)
  if (size <= knee) return x
  const room = ceiling - knee
  return Math.sign(x) * (knee + room * Math.tanh((size - knee) / room))
}

/** A node that maps each sample by a function; samples past `range` count as it. */
function shaper(context: BaseAudioContext, map: (x: number) => number): Limiter {
  const steps = 4096
  const node = context.createWaveShaper()
  node.curve = Float32Array.from({ length: 2 * steps + 1 }, (_, step) => map((range * (step - steps)) / steps))
  const input = context.createGain()
  input.gain.value = 1 / range
  input.connect(node)
  return { input, output: node }
}
