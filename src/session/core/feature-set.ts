import type { Metre } from '../../music/index.ts'
import { coreFeature } from './core-feature.ts'
import type { Announcement, Feature, FeatureSet, Subscription } from './feature.ts'
import { type CoreState, coreState } from './state.ts'

/**
 * Puts features together.
 *
 * @throws Error where two of them have an event, an action or a setting of the same name.
 */
export function featureSet<State extends CoreState>(
  features: readonly Feature<State>[],
  metre: Metre,
): FeatureSet<State> {
  const settings = joined(features, 'settings')
  const actions = joined(features, 'actions')
  const answers = joined(features, 'answers')
  const list = [...features, coreFeature(actions, settings, answers) as unknown as Feature<State>]
  const subscriptions = new Map<Announcement<never>, Subscription['follow'][]>()
  for (const { to, follow } of list.flatMap(({ on = [] }) => on)) {
    subscriptions.set(to, [...(subscriptions.get(to) ?? []), follow])
  }
  const initialSettings = Object.fromEntries(Object.entries(settings).map(([id, { initial }]) => [id, initial]))
  const slices = Object.assign({}, ...list.map(({ initial }) => initial))
  const known = {
    list,
    settings,
    actions,
    answers,
    followers: (about: Announcement<never>) => subscriptions.get(about) ?? [],
    initial: (seed: number): State => ({
      ...coreState(initialSettings, metre, Number(initialSettings.tempo), seed),
      ...slices,
    }),
  }
  const kinds = Object.entries(joined(list, 'events'))
  // Without a prototype: an event's type comes from outside, and may be 'constructor'.
  const events: Record<string, FeatureSet['events'][string]> = Object.create(null)
  const set = { ...known, events }
  for (const [type, kind] of kinds) {
    const { schema } = kind
    events[type] = { ...kind, schema: typeof schema === 'function' ? schema(set as unknown as FeatureSet) : schema }
  }
  return set
}

type Part = 'settings' | 'actions' | 'events' | 'answers'

type Table<Which extends Part, State extends CoreState> = NonNullable<Feature<State>[Which]>

function joined<Which extends Part, State extends CoreState>(
  list: readonly Feature<State>[],
  part: Which,
): Table<Which, State> {
  const table: Record<string, unknown> = {}
  for (const [name, entry] of list.flatMap((feature) => Object.entries(feature[part] ?? {}))) {
    if (Object.hasOwn(table, name)) throw new Error(`Two features have ${part} of the name ${name}: rename one.`)
    table[name] = entry
  }
  return table as Table<Which, State>
}
