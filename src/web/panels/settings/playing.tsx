import { pitchName } from '../../../music/index.ts'
import { Dial, NumberField, useStage } from '../../controls.tsx'
import { playBandForm } from '../../play-band-form.ts'
import { text as pageText } from '../../text.ts'
import { Block, Press } from '../fields.tsx'
import { text } from '../text.ts'
import { OwnStyle } from './own-style.tsx'
import { SettingChoice } from './setting-choice.tsx'
import { SettingSwitch } from './setting-switch.tsx'

/** Recording, the machine's range, the left hand, and what the audience sees and hears. */
export function PlayingSettings() {
  const { playing } = text.settings
  const { tracks } = pageText
  const stage = useStage()
  return (
    <div class="columns">
      <Block title={playing.recording}>
        <div class="fields">
          <NumberField id="count-in" name={playing.countIn} />
          <NumberField id="measures" name={playing.measures} />
          <NumberField id="free-slowest" name={playing.freeSlowest} />
          <NumberField id="free-fastest" name={playing.freeFastest} />
          <NumberField id="transpose" name={playing.transpose} />
          <SettingChoice id="grid" name={playing.grid} words={playing.grids} />
          <Dial id="quantise" name={playing.quantise} />
          <Dial id="swing" name={playing.swing} />
        </div>
        <SettingChoice id="click" name={playing.click} words={playing.clickSounds} />
        <SettingSwitch id="whole-takes" name={playing.wholeTakes} hint={playing.wholeTakesHint} />
        <SettingSwitch id="swing-sixteenths" name={playing.swingSixteenths} hint={playing.swingSixteenthsHint} />
      </Block>
      <Block title={playing.drummer}>
        <div class="fields">
          <SettingChoice id="style" name={playing.style} words={playing.styles} />
          <Dial id="intensity" name={playing.intensity} />
          <Dial id="feel" name={playing.feel} />
          <Dial id="listen" name={playing.listen} words={playing.listens} />
          <SettingChoice id="drums-trade" name={playing.drumsTrade} words={playing.drumTurns} />
          <SettingChoice id="drums-time" name={playing.drumsTime} words={playing.drumTimes} />
        </div>
        <SettingSwitch id="drums-form" name={playing.drumsForm} hint={playing.drumsFormHint} />
        <SettingSwitch id="triplets" name={playing.triplets} hint={playing.tripletsHint} />
      </Block>
      <Block title={playing.band}>
        <div class="fields">
          <SettingChoice id="source-bass" name={tracks.bass} words={pageText.row.sources} />
          <SettingChoice id="source-chords" name={tracks.chords} words={pageText.row.sources} />
          <SettingChoice id="band-style" name={playing.style} words={playing.bandStyles} />
        </div>
        <OwnStyle />
        <div class="fields">
          <NumberField id="solo-choruses" name={playing.solos} />
          <SettingChoice id="ending" name={playing.ending} words={playing.endings} />
        </div>
        <SettingSwitch id="ritardando" name={playing.ritardando} hint={playing.ritardandoHint} />
        <SettingSwitch id="band-pedal" name={playing.bandPedal} hint={playing.bandPedalHint} />
        <SettingSwitch id="stop-time" name={playing.stopTime} hint={playing.stopTimeHint} />
        <div class="buttons">
          {playing.bandForms.map((name, index) => (
            <Press key={name} onPress={() => void playBandForm(stage, index)}>
              {name}
            </Press>
          ))}
        </div>
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
          <SettingChoice id="zones" name={playing.zones} words={playing.zonesBy} />
          <Dial id="split" name={playing.split} words={pitchName} />
          <NumberField id="left-channel" name={playing.leftChannel} />
          <SettingChoice id="left" name={playing.leftPlays} words={tracks} />
          <SettingChoice id="keys" name={playing.rightPlays} words={tracks} />
          <NumberField id="left-octave" name={playing.leftOctave} />
          <NumberField id="right-octave" name={playing.rightOctave} />
        </div>
        <SettingSwitch id="expression" name={playing.expression} hint={playing.expressionHint} />
        <div class="buttons">
          <Press title={playing.splitHereHint} onPress={() => stage.act('split-here')}>
            {playing.splitHere}
          </Press>
        </div>
      </Block>
      <Block title={playing.stop}>
        <SettingSwitch id="stop-ends-keys" name={playing.stopEndsKeys} hint={playing.stopEndsKeysHint} />
      </Block>
      <Block title={playing.trading}>
        <SettingSwitch id="duet" name={playing.duet} hint={playing.duetHint} />
        <SettingSwitch id="voicing" name={playing.voicing} hint={playing.voicingHint} />
        <SettingSwitch id="classic-chords" name={playing.classicChords} hint={playing.classicChordsHint} />
        <SettingSwitch id="turns-by-chart" name={playing.turnsByChart} hint={playing.turnsByChartHint} />
        <SettingSwitch id="own-rests" name={playing.ownRests} hint={playing.ownRestsHint} />
      </Block>
      <Block title={playing.show}>
        <SettingSwitch id="two-sounds" name={playing.twoSounds} hint={playing.twoSoundsHint} />
        <SettingSwitch id="guess-who" name={playing.guessWho} hint={playing.guessWhoHint} />
      </Block>
    </div>
  )
}
