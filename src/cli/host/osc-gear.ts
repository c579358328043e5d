import {
  createOscInput,
  createOscOutput,
  createOscState,
  createWallClock,
  type OscSend,
} from '../../devices/osc/index.ts'
import { type OscAddress, openOscPort } from '../../devices/osc/node.ts'
import type { Sender } from '../../devices/sender/node.ts'
import { InputError } from '../input-error.ts'
import type { Gear, Stand } from './gear.ts'

/** Where OSC is heard and where it is sent. */
export type OscPlan = {
  readonly in: OscAddress
  /** Null where nobody listens. */
  readonly out: OscAddress | null
  /** How many milliseconds before its moment a loop's note leaves, for receivers that wait for its time tag. */
  readonly leadMs: number
}

/** Gear that counts what it could not read. */
export type OscGear = Gear & { readonly refused: number }

/**
 * Opens OSC: hands, instruments and lights.
 *
 * @throws InputError where its port is taken, or nobody knows the host.
 */
export async function openOscGear(plan: OscPlan, sender: Sender, { clock, happen }: Stand): Promise<OscGear> {
  const send: OscSend = (bytes, timeStampMs) => sender.send('osc', bytes, timeStampMs)
  const wallClock = createWallClock()
  const output = createOscOutput(send, clock, wallClock, { leadMs: plan.leadMs })
  const state = createOscState(send, clock, wallClock)
  const understand = createOscInput()
  let refused = 0
  const trouble = plan.out && (await sender.open('osc', { type: 'udp', ...plan.out }))
  if (trouble) throw new InputError(trouble)
  const port = await openOscPort(plan.in, (message, timeStampMs) => {
    const wishes = understand(message)
    if (wishes === null) refused++
    for (const wish of wishes ?? []) {
      if (wish.type === 'tell-all') state.tellAll()
      else happen(wish, timeStampMs)
    }
  })
  if ('trouble' in port) throw new InputError(port.trouble)
  const isHeard = plan.out !== null
  return {
    output: isHeard ? output : null,
    get refused() {
      return refused + port.refused
    },
    heard(event, effects, after) {
      if (isHeard) state.heard(event, effects, after)
    },
    wake: output.wake,
    silence: output.end,
    end: port.end,
  }
}
