import { openNodeSound } from '../../ports/audio/node.ts'
import { behind } from '../../ports/live/index.ts'
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
      sound(sound) {
        const tellsApart = stand.state.settings['two-sounds'] > 0
        device.sound(tellsApart ? sound : { ...sound, by: 'human' })
      },
    },
    wake: device.wake,
    end: device.end,
  }
}
