import { type ReadonlySignal, useComputed } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { pitchName } from '../../music/index.ts'
import { isMachinesTurn, outlook, type SessionState } from '../../session/index.ts'
import { secondsAt } from '../../timing/index.ts'
import { useSetting, useStage } from '../controls.tsx'
import type { Stage } from '../stage.ts'
import { text } from '../text.ts'
import { Mark } from './mark.tsx'
import { prefersReducedMotion } from './reduced-motion.ts'
import { useFramed, useFrames } from './use-frames.ts'
import { engraved } from './view.ts'

/** Whose turn is shown. `guess` hides it. */
type Shown = 'off' | 'call' | 'waiting' | 'response' | 'ownTurn' | 'guess'

const signs = {
  off: 'human',
  call: 'human',
  waiting: 'waiting',
  response: 'machine',
  ownTurn: 'machine',
  guess: 'guess',
} as const

/** Whose turn is shown. */
export function useTurn({ session }: Stage): ReadonlySignal<Shown> {
  return useComputed((): Shown => {
    const { settings, trading } = session.value
    if (!settings.improvise) return 'off'
    if (settings['guess-who']) return 'guess'
    return isMachinesTurn(session.value) ? 'ownTurn' : trading.trade.turn
  })
}

/** Whose turn it is, by word, colour and shape. */
export function Who({ turn }: { readonly turn: Shown }) {
  return (
    <p class="who" aria-live="polite">
      <Mark who={signs[turn]} /> {text.improv[turn].who}
    </p>
  )
}

/** Whose turn it is and what is left of it, with a button in its corner. */
export function TurnCard({ children }: { readonly children: ComponentChildren }) {
  const stage = useStage()
  const turn = useTurn(stage)
  const rule = useSetting('hand-over')
  const { what } = text.improv[turn.value]
  return (
    <div class="turn" data-turn={shade(turn.value)}>
      <Who turn={turn.value} />
      {children}
      <p class="what">{turn.value === 'call' ? text.improv.ends[rule.value] : what}</p>
      {turn.value !== 'off' && turn.value !== 'waiting' && (
        <div class="left">
          <Countdown key={turn.value} />
          {turn.value !== 'guess' && <Coming />}
        </div>
      )}
    </div>
  )
}

/** The turn that a colour stands for: the machine has one. */
export function shade(turn: Shown): Shown {
  return turn === 'ownTurn' ? 'response' : turn
}

/** What is left of a turn, and its unit. */
type Left = { readonly value: number; readonly unit: 'seconds' | 'notes' | 'heard' }

function leftOf(state: SessionState, at: number): Left {
  const { phrases, transport } = state
  if (phrases.turn && isMachinesTurn(state))
    return { value: Math.max(0, secondsAt(transport.timeline, phrases.turn.end) - at), unit: 'seconds' }
  const { secondsLeft, heard, notes, next, turn } = outlook(state, at)
  if (secondsLeft !== null) return { value: secondsLeft, unit: 'seconds' }
  if (turn === 'response' && next.length > 0) return { value: next.length, unit: 'notes' }
  if (state.settings['hand-over'] === 'count') return { value: Math.max(0, notes - heard), unit: 'notes' }
  return { value: heard, unit: 'heard' }
}

const radius = 42
const round = 2 * Math.PI * radius

/** A ring that empties until the turn is over, with the seconds or notes that are left. */
function Countdown() {
  const stage = useStage()
  const ring = useRef<SVGCircleElement>(null)
  /** What a full ring stands for: the most that was left in this turn. */
  const whole = useRef<Left>({ value: 0, unit: 'heard' })
  const left = () => leftOf(stage.session.peek(), stage.now())
  useFrames(() => {
    const now = left()
    if (now.unit !== whole.current.unit || now.value > whole.current.value) whole.current = now
    const value = prefersReducedMotion() ? Math.ceil(now.value) : now.value
    const share = now.unit === 'heard' ? 1 : Math.min(1, value / Math.max(1e-3, whole.current.value))
    if (ring.current) ring.current.style.strokeDashoffset = (round * (1 - share)).toFixed(1)
  })
  const value = useFramed(() => Math.ceil(left().value))
  const unit = useFramed(() => left().unit)
  const words = { seconds: text.improv.secondsLeft, notes: text.improv.notesLeft, heard: text.improv.notesHeard }
  return (
    <div class="countdown">
      <svg viewBox="-48 -48 96 96" aria-hidden="true">
        <circle class="way" r={radius} />
        <circle class="rest" r={radius} ref={ring} stroke-dasharray={round.toFixed(1)} transform="rotate(-90)" />
      </svg>
      <span class="number">{value.value}</span>
      <span class="unit">{words[unit.value as Left['unit']](value.value)}</span>
    </div>
  )
}

/** How many of the next pitches are shown: more can't be read while playing. */
const mostNext = 8

/** The notes of the turn as they come in; in a classic response, the next pitches. */
function Coming() {
  const { session } = useStage()
  const look = useComputed(() => outlook(session.value, session.value.now))
  const { heard, notes, next, turn } = look.value
  if (turn === 'response' && next.length > 0) {
    return (
      <ol class="next-notes" aria-label={text.improv.next}>
        {next.slice(0, mostNext).map((pitch, index) => (
          <li key={index}>{engraved(pitchName(pitch))}</li>
        ))}
        {next.length > mostNext && <li>…</li>}
      </ol>
    )
  }
  const isCounted = session.value.settings['hand-over'] === 'count'
  const places = isCounted ? Math.max(notes, heard) : heard
  return (
    <div class="buffer" data-many={places > 32} role="img" aria-label={text.improv.buffer(heard)}>
      {Array.from({ length: places }, (_, index) => (
        <i key={index} data-full={index < heard} />
      ))}
    </div>
  )
}
