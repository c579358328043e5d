import type { Soloist } from '../../improv/index.ts'
import { type Random, seeded } from '../../models/index.ts'
import type { Beats } from '../../music/index.ts'
import { beatAt, type Seconds } from '../../timing/index.ts'
import type { Effect, EffectListener } from './effect.ts'
import { type Announcement, type FeatureSet, settingSet, type Transaction } from './feature.ts'
import type { Job, Question } from './jobs.ts'
import type { NoticeId } from './notices.ts'
import { type SettingValue, settled } from './settings.ts'
import type { CoreState } from './state.ts'

/** A transaction and its effects, as a step and the look-ahead run it. */
export class OpenTransaction<State extends CoreState> implements Transaction<State> {
  state: State
  at: Seconds
  readonly effects: Effect[] = []
  readonly features: FeatureSet
  readonly soloist: Soloist | null
  readonly isAhead: boolean
  readonly #onEffect: EffectListener | undefined

  constructor(
    features: FeatureSet<State>,
    state: State,
    soloist: Soloist | null,
    isAhead = false,
    onEffect?: EffectListener,
  ) {
    this.features = features as unknown as FeatureSet
    this.state = state
    this.at = state.now
    this.soloist = soloist
    this.isAhead = isAhead
    this.#onEffect = onEffect
  }

  get beat(): Beats {
    return beatAt(this.state.transport.timeline, this.at)
  }

  update(patch: Partial<State>): void {
    this.state = { ...this.state, ...patch }
  }

  change<Slice extends keyof State>(slice: Slice, patch: Partial<State[Slice]>): void {
    const state = { ...this.state }
    state[slice] = { ...state[slice], ...patch }
    this.state = state
  }

  set(id: keyof State['settings'] & string, value: SettingValue): void {
    const before = this.state
    const setting = this.features.settings[id]
    if (!setting) return
    const now = before.settings[id as keyof typeof before.settings] as SettingValue
    this.change('settings', { [id]: settled(setting, value, now) } as Partial<State['settings']>)
    this.announce(settingSet, { setting: id, before })
  }

  emit(effect: Effect): void {
    this.effects.push(effect)
    this.#onEffect?.(effect)
  }

  notify(notice: NoticeId, detail?: string): void {
    this.emit({ type: 'notify', notice, ...(detail !== undefined && { detail }) })
  }

  announce<Detail>(about: Announcement<Detail>, ...[detail]: Detail extends undefined ? [] : [detail: Detail]): void {
    for (const follow of this.features.followers(about as Announcement<never>)) follow(this as never, detail as never)
  }

  ask<Name extends Job>(job: Name, question: Question<Name>): void {
    const request = this.state.requests + 1
    this.change('asked', { [job]: { request, at: this.at, late: false } } as Partial<State['asked']>)
    this.update({ requests: request } as Partial<State>)
    this.emit({ type: 'ask', job, request, question } as Effect)
  }

  dismiss(job: Job): void {
    if (this.state.asked[job]) this.change('asked', { [job]: null } as Partial<State['asked']>)
  }

  draw<Drawn>(from: (random: Random) => Drawn): Drawn {
    const random = seeded(this.state.chance)
    const drawn = from(random)
    this.update({ chance: random.state } as Partial<State>)
    return drawn
  }

  drawSeed(): number {
    return this.draw((random) => Math.floor(random.next() * 2 ** 32))
  }
}
