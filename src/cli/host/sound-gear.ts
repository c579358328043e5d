import { openNodeSound } from '../../devices/audio/node.ts'
import { behind, voiced } from '../../runtime/index.ts'
import { InputError } from '../input-error.ts'
import type { Gear, Stand } from './gear.ts'

/**
 * Opens the machine's own sound device, with the stage's voices: for a rig without instruments.
 *
 * @throws InputError where there is no sound to be had.
 */
export async function openSoundGear(stand: Stand): Promise<Gear> {
  const device = await openNodeSound()
  if ('trouble' in device) throw new InputError(device.trouble)
  return {
    output: {
      ...behind(device, stand.clock.ahead),
      sound: (sound) => device.sound(voiced(sound, stand.state)),
    },
    wake: device.wake,
    end: device.end,
  }
}
