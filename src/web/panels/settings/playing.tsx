import { pitchName } from '../../../music/index.ts'
import { Dial, NumberField } from '../../controls.tsx'
import { Block } from '../fields.tsx'
import { text } from '../text.ts'
import { SettingSwitch } from './setting-switch.tsx'

/** Recording, the machine's range, the left hand, and what the audience sees and hears. */
export function PlayingSettings() {
  const { playing } = text.settings
  return (
    <div class="columns">
      <Block title={playing.recording}>
        <div class="fields">
          <NumberField id="count-in" name={playing.countIn} />
          <NumberField id="measures" name={playing.measures} />
          <Dial id="quantise" name={playing.quantise} />
          <Dial id="swing" name={playing.swing} />
          <Dial id="feel" name={playing.feel} />
        </div>
        <SettingSwitch id="swing-sixteenths" name={playing.swingSixteenths} hint={playing.swingSixteenthsHint} />
      </Block>
      <Block title={playing.range}>
        <div class="fields">
          <Dial id="lowest" name={playing.lowest} words={pitchName} />
          <Dial id="highest" name={playing.highest} words={pitchName} />
          <Dial id="register" name={playing.register} />
        </div>
      </Block>
      <Block title={playing.left}>
        <SettingSwitch id="doubler" name={playing.doubler} hint={playing.doublerHint} />
        <div class="fields">
          <Dial id="split" name={playing.split} words={pitchName} />
        </div>
      </Block>
      <Block title={playing.trading}>
        <SettingSwitch id="voicing" name={playing.voicing} hint={playing.voicingHint} />
        <SettingSwitch id="own-rests" name={playing.ownRests} hint={playing.ownRestsHint} />
      </Block>
      <Block title={playing.show}>
        <SettingSwitch id="two-sounds" name={playing.twoSounds} hint={playing.twoSoundsHint} />
        <SettingSwitch id="guess-who" name={playing.guessWho} hint={playing.guessWhoHint} />
      </Block>
    </div>
  )
}
