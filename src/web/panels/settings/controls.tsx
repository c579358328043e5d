import { useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type ActionId, actionIds, controllers } from '../../../session/index.ts'
import { actionKey, actionLabel } from '../../actions.ts'
import { keyName } from '../../controls.tsx'
import type { Stage } from '../../stage.ts'
import { type BoundControl, boundControls } from '../bindings.ts'
import { Press, TextField } from '../fields.tsx'
import { text } from '../text.ts'

/** The bindings of pedals, knobs and pads, and MIDI learn. */
export function ControlSettings({ stage }: { readonly stage: Stage }) {
  const { controls } = text.settings
  const search = useSignal('')
  const own = useComputed(() => stage.session.value.controls.bindings)
  const learning = useComputed(() => stage.session.value.controls.learning)
  const setList = useComputed(() => stage.session.value.songs)
  const bound = useComputed(() => boundControls(own.value, setList.value))
  useEffect(
    () => () => {
      if (stage.session.peek().controls.learning) stage.dispatch({ type: 'learn', action: null })
    },
    [stage],
  )
  const searched = search.value.trim().toLowerCase()
  const found = actionIds.filter((id) => actionLabel(id).toLowerCase().includes(searched))
  return (
    <>
      <div class="fields">
        <TextField
          name={controls.search}
          wide
          value={search.value}
          onInput={(value) => {
            search.value = value
          }}
        />
        <div class="buttons">
          <span>{controls.maps}</span>
          {Object.entries(controllers).map(([id, { label, bindings }]) => (
            <Press key={id} title={controls.mapHint} onPress={() => stage.dispatch({ type: 'bind', bindings })}>
              {label}
            </Press>
          ))}
          <Press
            disabled={Object.values(own.value).every((binding) => !binding)}
            onPress={() => stage.dispatch({ type: 'bind', bindings: unbound(Object.keys(own.value)) })}
          >
            {controls.clear}
          </Press>
        </div>
      </div>
      <p class="quiet" role="status">
        {learning.value === null ? controls.hint : `${actionLabel(learning.value)}: ${controls.learning}`}
      </p>
      <table class="learn">
        <thead class="unseen">
          <tr>
            <th scope="col">{controls.action}</th>
            <th scope="col">{controls.key}</th>
            <th scope="col">{controls.control}</th>
            <th scope="col">{controls.learn}</th>
          </tr>
        </thead>
        <tbody>
          {found.map((id) => (
            <LearnRow key={id} id={id} stage={stage} bound={bound.value.get(id) ?? []} learns={learning.value === id} />
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p class="quiet">{controls.nothingFound}</p>}
    </>
  )
}

type LearnRowProps = {
  readonly id: ActionId
  readonly stage: Stage
  readonly bound: readonly BoundControl[]
  readonly learns: boolean
}

function LearnRow({ id, stage, bound, learns }: LearnRowProps) {
  const { controls } = text.settings
  const label = actionLabel(id)
  const key = actionKey(id)
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{key !== null && <kbd>{keyName(key)}</kbd>}</td>
      <td>
        {bound.map(({ control, how, bySong }) => (
          <span class="tag" key={control}>
            {control} {how} {bySong && <small>{controls.bySong}</small>}
            {!bySong && (
              <button
                type="button"
                title={controls.unbind(control, label)}
                aria-label={controls.unbind(control, label)}
                onClick={() => stage.dispatch({ type: 'bind', bindings: unbound([control]) })}
              >
                ✕
              </button>
            )}
          </span>
        ))}
      </td>
      <td class="last">
        <button
          type="button"
          class="button small"
          aria-pressed={learns}
          title={controls.learnFor(label)}
          aria-label={learns ? `${controls.learning} ${label}` : controls.learnFor(label)}
          onClick={() => stage.dispatch({ type: 'learn', action: learns ? null : id })}
        >
          {learns ? controls.learning : controls.learn}
        </button>
      </td>
    </tr>
  )
}

/** Bindings that unbind controls. */
function unbound(controls: readonly string[]): Record<string, null> {
  return Object.fromEntries(controls.map((control) => [control, null]))
}
