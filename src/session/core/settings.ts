/** A setting that is on or off. */
export type Switch = Common<boolean>

/** A setting that is one of some words. */
export type Choice<Word extends string = string> = Common<Word> & { readonly words: readonly Word[] }

/** A setting that is a number. */
export type Amount = Common<number> & {
  readonly least: number
  readonly most: number
  /** Its values are whole multiples of this; unless given, it may be anything between. */
  readonly step?: number
  /** How far one nudge moves it; default: its step, or without one 1/20 of the range. */
  readonly nudge?: number
  /** A knob changes it by ratios, not by differences. A nudge is then the fourth root of 2. */
  readonly ratios?: boolean
}

type Common<Value> = {
  readonly label: string
  readonly initial: Value
  /** The computer's key that sets it a step further, as `KeyboardEvent.code` names it. */
  readonly key?: string
}

/** Something that the performer can set. */
export type Setting = Switch | Choice | Amount

/** What a setting can be set to. */
export type SettingValue = boolean | string | number

/** What every setting of a table is set to. */
export type SettingsOf<Table> = {
  readonly [Id in keyof Table]: Table[Id] extends { readonly initial: boolean }
    ? boolean
    : Table[Id] extends { readonly words: readonly (infer Word)[] }
      ? Word
      : number
}

/** A switch that is off at first. */
export function off(label: string, key?: string): Switch {
  return { label, initial: false, ...(key && { key }) }
}

/** A switch that is on at first. */
export function on(label: string, key?: string): Switch {
  return { label, initial: true, ...(key && { key }) }
}

/** One of some words. */
export function choice<const Word extends string>(
  label: string,
  words: readonly Word[],
  initial: NoInfer<Word>,
): Choice<Word> {
  return { label, words, initial }
}

/** Anything from 0 to 1. */
export function share(label: string, initial: number): Amount {
  return { label, least: 0, most: 1, initial }
}

/** A whole number. */
export function count(label: string, least: number, most: number, initial: number): Amount {
  return { label, least, most, initial, step: 1 }
}

/** Whether it is on or off. */
export function isSwitch(setting: Setting): setting is Switch {
  return typeof setting.initial === 'boolean'
}

/** Whether it is one of some words. */
export function isChoice(setting: Setting): setting is Choice {
  return 'words' in setting
}

/** Whether it is a number. */
export function isAmount(setting: Setting): setting is Amount {
  return typeof setting.initial === 'number'
}

/** The nearest value that a setting may have; what is of another kind leaves it where it is. */
export function settled(setting: Setting, value: SettingValue, now: SettingValue): SettingValue {
  if (isSwitch(setting)) return typeof value === 'boolean' ? value : now
  if (isChoice(setting)) return typeof value === 'string' && setting.words.includes(value) ? value : now
  if (typeof value !== 'number') return now
  const { least, most, step } = setting
  return Math.min(most, Math.max(least, step ? Math.round(value / step) * step : value))
}

/** A setting some steps further. Switches and choices stay within their ends. */
export function nudged(setting: Setting, from: SettingValue, by: number): SettingValue {
  if (isAmount(setting)) {
    const { least, most, ratios, step, nudge = step ?? (most - least) / 20 } = setting
    return ratios ? Number(from) * 2 ** (by / 4) : Number(from) + by * nudge
  }
  const values = valuesOf(setting)
  const place = Math.round(values.indexOf(from) + by)
  return values[Math.min(values.length - 1, Math.max(0, place))] ?? from
}

/** A setting one step further; from its end it comes round to its beginning. So a switch is switched over. */
export function toggled(setting: Setting, from: SettingValue): SettingValue {
  if (isAmount(setting)) return Number(from) >= setting.most ? setting.least : nudged(setting, from, 1)
  const values = valuesOf(setting)
  return from === values.at(-1) ? (values[0] ?? from) : nudged(setting, from, 1)
}

/** What a knob sets a setting to, from 0, all the way left, to 1. */
export function knobValue(setting: Setting, turned: number): SettingValue {
  const [least, most] = rangeOf(setting)
  const byRatio = isAmount(setting) && setting.ratios
  const value = fromNumber(setting, byRatio ? least * (most / least) ** turned : least + turned * (most - least))
  return settled(setting, value, setting.initial)
}

/** A setting's value as a number, for those who know only numbers: off and on are 0 and 1, and words count from 0. */
export function asNumber(setting: Setting, value: SettingValue): number {
  return isAmount(setting) ? Number(value) : valuesOf(setting).indexOf(value)
}

/** The least and the greatest of a setting's values as numbers. */
export function rangeOf(setting: Setting): readonly [least: number, most: number] {
  return isAmount(setting) ? [setting.least, setting.most] : [0, valuesOf(setting).length - 1]
}

/** The inverse of {@link asNumber}: the nearest value. */
export function fromNumber(setting: Setting, number: number): SettingValue {
  const [least, most] = rangeOf(setting)
  const within = Math.min(most, Math.max(least, number))
  return isAmount(setting) ? within : (valuesOf(setting)[Math.round(within)] ?? setting.initial)
}

function valuesOf(setting: Switch | Choice): readonly SettingValue[] {
  return isSwitch(setting) ? [false, true] : setting.words
}
