import { effect, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { actionIds, type Bindings, settingIds } from '../../../session/index.ts'
import { actionLabel } from '../../actions.ts'
import { Press, SelectField } from '../fields.tsx'
import { text } from '../text.ts'
import type { SectionFormProps } from './section-form-props.ts'

/** Where a control is bound: in the whole song, or in the open section only. */
type Scope = 'song' | 'section'

/** An action that waits for its control, and what the performer's own controls did before. */
type Wanted = { readonly scope: Scope; readonly action: string; readonly before: Bindings }

/** What pedals, knobs and pads do in the song and in the section. They are bound by touching them. */
export function ControlList({ stage, song, index, section, onChange }: SectionFormProps) {
  const { songs } = text
  const wanted = useSignal<Wanted | null>(null)
  const scope = useSignal<Scope>('song')
  const bindings = { song: song.controls ?? {}, section: section.controls ?? {} }
  const bind = (where: Scope, next: Bindings) => {
    const controls = Object.keys(next).length > 0 ? { controls: next } : {}
    if (where === 'song') {
      const { controls: _, ...rest } = song
      onChange({ ...rest, ...controls })
      return
    }
    const { controls: _, ...rest } = section
    onChange({ ...song, sections: song.sections.map((each, at) => (at === index ? { ...rest, ...controls } : each)) })
  }
  const learnt = (control: string, { scope, action, before }: Wanted) => {
    // The control is the song's: for the performer it does what it did.
    stage.dispatch({ type: 'bind', bindings: { [control]: before[control] ?? null } })
    bind(scope, { ...bindings[scope], [control]: action })
  }
  const latest = useRef(learnt)
  latest.current = learnt
  useEffect(
    () =>
      effect(() => {
        const { learning, bindings: own } = stage.session.value.controls
        const asked = wanted.value
        if (!asked || learning !== null) return
        wanted.value = null
        const notice = stage.notice.peek()
        const touched = Object.keys(own).find((name) => own[name] !== asked.before[name])
        const control = touched ?? (notice?.notice === 'learnt' ? notice.detail : undefined)
        if (control) latest.current(control, asked)
      }),
    [stage, wanted],
  )
  const stop = () => {
    if (!wanted.peek()) return
    wanted.value = null
    stage.dispatch({ type: 'learn', action: null })
  }
  const latestStop = useRef(stop)
  useEffect(() => () => latestStop.current(), [])
  const learn = (action: string) => {
    const before = stage.session.peek().controls.bindings
    stage.dispatch({ type: 'learn', action })
    wanted.value = { scope: scope.value, action, before }
  }
  return (
    <fieldset>
      <legend>{songs.controls}</legend>
      {(['song', 'section'] as const).map((where) => (
        <ul class="bindings" key={where} aria-label={songs.scopes[where]}>
          {Object.entries(bindings[where]).map(([control, binding]) => (
            <li class="tag" key={control}>
              <kbd>{control}</kbd> {binding ? actionLabel(typeof binding === 'string' ? binding : binding.action) : '–'}
              {where === 'section' && <span class="quiet">{songs.scopes.section}</span>}
              <Press
                label={`${text.remove}: ${control}`}
                onPress={() => {
                  const { [control]: _, ...others } = bindings[where]
                  bind(where, others)
                }}
              >
                ✕
              </Press>
            </li>
          ))}
        </ul>
      ))}
      <div class="fields">
        <SelectField
          name={songs.boundIn}
          value={scope.value}
          options={(['song', 'section'] as const).map((each) => [each, songs.scopes[each]] as const)}
          onChoose={(chosen) => {
            scope.value = chosen
          }}
        />
        <SelectField
          nameless
          name={songs.addControl}
          value=""
          options={[['', songs.addControl], ...learnable.map((id) => [id, actionLabel(id)] as const)]}
          onChoose={(id) => id !== '' && learn(id)}
        />
        {wanted.value && <Press onPress={stop}>{text.songs.stopLearning}</Press>}
      </div>
      <p class="quiet" role="status">
        {wanted.value ? songs.touchFor(actionLabel(wanted.value.action)) : songs.controlsHint}
      </p>
    </fieldset>
  )
}

/** Whatever a control can do, each once. */
const learnable = [...new Set<string>([...actionIds, ...settingIds])]
