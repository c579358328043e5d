import { openNodeSound } from '../../../devices/audio/node.ts'
import { type Device, type DeviceContext, onSessionClock, voicedOutput } from '../../../runtime/index.ts'
import { InputError } from '../../input-error.ts'

/**
 * Opens the machine's own sound device, with the stage's voices: for a host without instruments.
 *
 * @throws InputError where there is no sound to be had.
 */
export async function openSoundDevice(context: DeviceContext): Promise<Device> {
  const device = await openNodeSound()
  if ('trouble' in device) throw new InputError(device.trouble)
  return {
    output: voicedOutput(onSessionClock(device, context.clock), () => context.state),
    wake: device.wake,
    end: device.end,
  }
}
