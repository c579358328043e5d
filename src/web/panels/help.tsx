import { useComputed } from '@preact/signals'
import { pianoControls } from '../../devices/keyboard/index.ts'
import { isBlackKey } from '../../music/index.ts'
import { type ActionId, actionIds, isSetting, settingIds } from '../../session/index.ts'
import { actionKey, actionLabel } from '../actions.ts'
import { keyName } from '../controls.tsx'
import type { Stage } from '../stage.ts'
import { boundControls } from './bindings.ts'
import { Block, Press } from './fields.tsx'
import type { PanelProps } from './panel.ts'
import './help.css'
import { text } from './text.ts'

/** How to play, and every action with its key and its controls. */
export function Help({ stage, go, panels }: PanelProps) {
  return (
    <>
      <Block title={text.help.session}>
        <ol class="steps">
          {text.help.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p class="quiet">{text.help.otherInputs}</p>
        <div class="buttons">
          <Press onPress={() => go('credits')}>{text.help.credits}</Press>
          <Press onPress={() => go('diagnostics')}>{text.help.diagnostics}</Press>
        </div>
      </Block>
      <Block title={text.help.piano}>
        <ComputerPiano stage={stage} />
      </Block>
      <div class="columns">
        <div>
          <Block title={text.help.actions}>
            <ActionTable stage={stage} ids={actionIds.filter((id) => !isSetting(id))} />
          </Block>
          <Block title={text.help.panels}>
            <PanelTable panels={panels} />
          </Block>
        </div>
        <Block title={text.help.settings}>
          <ActionTable stage={stage} ids={settingIds} />
        </Block>
      </div>
    </>
  )
}

function PanelTable({ panels }: Pick<PanelProps, 'panels'>) {
  return (
    <table>
      <tbody>
        {panels.map(
          ({ id, title, key }) =>
            key !== null && (
              <tr key={id}>
                <th scope="row">{title}</th>
                <td>
                  <kbd>{keyName(key)}</kbd>
                </td>
              </tr>
            ),
        )}
      </tbody>
    </table>
  )
}

/** Actions with their keys, and the controls that are bound to them. */
function ActionTable({ stage, ids }: { readonly stage: Stage; readonly ids: readonly ActionId[] }) {
  const controls = useComputed(() => stage.session.value.controls.bindings)
  const setList = useComputed(() => stage.session.value.songs)
  const bound = useComputed(() => boundControls(controls.value, setList.value))
  return (
    <table>
      <thead class="unseen">
        <tr>
          <th scope="col">{text.help.action}</th>
          <th scope="col">{text.help.key}</th>
          <th scope="col">{text.help.control}</th>
        </tr>
      </thead>
      <tbody>
        {ids.map((id) => {
          const key = actionKey(id)
          return (
            <tr key={id}>
              <th scope="row">{actionLabel(id)}</th>
              <td>{key !== null && <kbd>{keyName(key)}</kbd>}</td>
              <td>
                {bound.value.get(id)?.map(({ control, how }) => (
                  <span class="tag" key={control}>
                    {control} {how}
                  </span>
                ))}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** The computer's keys that play notes, laid out as on a piano. */
function ComputerPiano({ stage }: { readonly stage: Stage }) {
  const keys = [...stage.keyLabels.value].sort(([a], [b]) => a - b)
  const whites = keys.filter(([pitch]) => !isBlackKey(pitch))
  const place = (pitch: number) => whites.findIndex(([white]) => white >= pitch)
  return (
    <>
      <div class="computer-piano" aria-hidden="true" style={{ '--whites': whites.length }}>
        {keys.map(([pitch, label]) => (
          <span key={pitch} class={isBlackKey(pitch) ? 'black' : ''} style={{ '--place': place(pitch) }}>
            {label}
          </span>
        ))}
      </div>
      <p class="quiet">{text.help.pianoHint}</p>
      <PianoControls />
    </>
  )
}

/** The other keys that belong to the piano, by what they do. */
function PianoControls() {
  const controls = Object.values(pianoControls)
  const functions = [...new Set(controls.map(({ does }) => does))]
  return (
    <ul class="piano-controls" aria-label={text.help.pianoControls}>
      {functions.map((each) => (
        <li key={each}>
          {controls.map(({ code, label, does }) => does === each && <kbd key={code}>{label}</kbd>)} {each}
        </li>
      ))}
    </ul>
  )
}
