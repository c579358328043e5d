import { encodeMidi } from '../../src/devices/midi/index.ts'
import { measureBeats } from '../../src/music/index.ts'
import {
  type ActionId,
  controllers,
  isAmount,
  isChoice,
  type SettingId,
  type SettingValue,
  settingIds,
  settings,
} from '../../src/session/index.ts'
import { act, control, dispatch, type Hands, lift, type Moves, play, rest, strike, sustainPedal } from './hands.ts'
import { comping, excerpt, invention } from './repertoire.ts'

/** Something that the performer does, and how often, compared with the others. */
export type Scene = { readonly name: string; readonly weight: number; readonly moves: (hands: Hands) => Moves }

const metres = ['4/4', '4/4', '4/4', '3/4', '7/8', '2+2+3/8', '5/4', '6/8', '12/8', '5/16', '2/2']
const charts = ['Dm7 | G7 | Cmaj7 | %', 'Bbmaj7 | Gm9 Ebmaj7 | F9sus4', 'C', 'Am7 D7 | N.C. | E7alt', '']

/** Records a bassline, perhaps with an early first note, and lets it loop. */
function* bass(hands: Hands): Moves {
  const { chance, repertoire, see } = hands
  yield* act(hands, 'measures', chance.of([1, 2, 2, 4]))
  yield* act(hands, 'count-in', chance.whole(0, 1))
  yield* act(hands, 'record-bass')
  const { form } = see().transport
  const length = see().settings.measures * measureBeats(form.metre)
  const known = chance.happens(0.5) ? excerpt(chance, repertoire.basses, length) : []
  yield* play(hands, known.length > 0 ? known : invention(chance, 33, length))
  yield* passes(hands, chance.between(1, 2))
}

function* overdub(hands: Hands): Moves {
  const { chance, see } = hands
  const action = chance.of(['overdub-bass', 'overdub-chords', 'overdub-lead'] as const)
  yield* act(hands, action)
  yield* play(hands, invention(chance, chance.of([36, 55]), measureBeats(see().transport.form.metre)))
  yield* passes(hands, 1)
  yield* act(hands, action)
  if (chance.happens(0.5)) yield* act(hands, 'undo')
}

function* chords(hands: Hands): Moves {
  const { chance, see } = hands
  if (chance.happens(0.4)) {
    yield* dispatch(hands, { type: 'chart', chart: chance.of(charts) })
    return
  }
  yield* act(hands, 'record-chords')
  const { transport, settings } = see()
  yield* play(hands, comping(chance, measureBeats(transport.form.metre), settings.measures))
  yield* passes(hands, 1)
}

/** Lets the band play bass and chords over a chart, tells it what to do, and plays on. */
function* band(hands: Hands): Moves {
  const { chance } = hands
  yield* dispatch(hands, { type: 'chart', chart: chance.of(charts) })
  yield* act(hands, 'source-bass', 'band')
  yield* act(hands, 'source-chords', 'band')
  yield* act(hands, 'band-style', randomValue(hands, 'band-style'))
  yield* play(hands, invention(chance, 60, 24))
  if (chance.happens(0.6)) yield* act(hands, chance.of(['drum-break', 'stop-time', 'band-pedal', 'end']))
  yield* rest(hands, chance.between(4, 24))
  yield* act(hands, 'stop-time', false)
  yield* act(hands, chance.of(['source-bass', 'source-chords']), chance.of(['mine', 'off']))
}

function* grooves(hands: Hands): Moves {
  const { chance } = hands
  yield* act(hands, 'temperature', chance.between(0.3, 2))
  for (let count = chance.whole(1, 4); count > 0; count--) {
    yield* act(hands, 'new-groove')
    if (chance.happens(0.2)) yield* act(hands, 'new-groove')
    yield* passes(hands, chance.between(0.2, 1.2))
  }
  yield* act(hands, chance.of(['next-groove', 'previous-groove', 'fixed-groove', 'next-groove']))
  yield* act(hands, 'feel', chance.between(0, 1))
}

/** Calls and responses, with any hand-over rule, classic or live. */
function* trade(hands: Hands): Moves {
  const { chance, repertoire } = hands
  yield* act(hands, 'keys', 'lead')
  yield* act(hands, 'live', chance.happens(0.5))
  yield* act(hands, 'hand-over', randomValue(hands, 'hand-over'))
  yield* act(hands, 'notes', chance.whole(2, 24))
  yield* act(hands, 'trade-measures', chance.whole(1, 4))
  yield* act(hands, 'improvise', true)
  for (let turn = chance.whole(2, 8); turn > 0; turn--) {
    const beats = chance.between(3, 12)
    const known = chance.happens(0.5) ? excerpt(chance, repertoire.lines, beats) : []
    yield* play(hands, known.length > 0 ? known : invention(chance, 55, beats))
    if (chance.happens(0.2)) yield* act(hands, 'hold')
    if (chance.happens(0.4)) yield* act(hands, chance.of(['hand-over-now', 'take-call', 'take-response']))
    yield* rest(hands, chance.between(0, 3))
  }
  yield* act(hands, 'hold', false)
  if (chance.happens(0.5)) yield* act(hands, 'improvise', false)
}

/** A line with the sustain pedal, which sometimes stays down. */
function* pedal(hands: Hands): Moves {
  const { chance } = hands
  yield* control(hands, sustainPedal, 127)
  yield* play(hands, invention(chance, 48, 6))
  if (chance.happens(0.7)) yield* control(hands, sustainPedal, 0)
}

function* tempo(hands: Hands): Moves {
  const { chance, see } = hands
  if (chance.happens(0.5)) {
    const pace = 60 / Math.min(240, Math.max(50, see().settings.tempo * chance.between(0.85, 1.15)))
    for (let count = chance.whole(2, 5); count > 0; count--) {
      yield {
        at: see().now + pace + chance.between(-0.01, 0.01),
        type: 'do',
        input: { type: 'run', action: 'tap' },
      }
    }
  } else yield* act(hands, 'tempo', chance.between(60, 240))
  yield* act(hands, 'swing', chance.of([0.5, 0.5, 0.6, 2 / 3]))
}

function* metre(hands: Hands): Moves {
  const { chance } = hands
  if (chance.happens(0.7)) yield* dispatch(hands, { type: 'metre', metre: chance.of(metres) })
  else yield* act(hands, chance.of(['longer-measure', 'shorter-measure', 'shorter-units', 'longer-units']))
  yield* passes(hands, 1)
}

/** A set list, whose sections change by pedal and by button while something is played. */
function* show(hands: Hands): Moves {
  const { chance, repertoire } = hands
  yield* dispatch(hands, { type: 'setList', songs: chance.of(repertoire.setLists) })
  for (let page = chance.whole(2, 8); page > 0; page--) {
    if (chance.happens(0.5)) {
      yield { at: hands.see().now + 0.1, type: 'midi', bytes: encodeMidi({ type: 'program', program: page % 3 }) }
    } else yield* act(hands, chance.of(['next-section', 'next-section', 'previous-section', 'next-song']))
    yield* play(hands, invention(chance, chance.of([36, 60]), chance.between(2, 8)))
    yield* passes(hands, chance.between(0, 1))
  }
  yield* dispatch(hands, { type: 'setList', songs: [] })
}

function* secondThoughts(hands: Hands): Moves {
  const { chance } = hands
  const all: ActionId[] = [
    'undo',
    'undo',
    'redo',
    'clear-bass',
    'clear-drums',
    'clear-chords',
    'clear-lead',
    'clear-all',
  ]
  for (let count = chance.whole(1, 6); count > 0; count--) yield* act(hands, chance.of(all))
}

/** Many keys at once, then panic, stop or play; and the hands go up at last. */
function* trouble(hands: Hands): Moves {
  const { chance } = hands
  const keys = Array.from({ length: chance.whole(1, 8) }, () => chance.whole(30, 90))
  for (const key of keys) yield* strike(hands, key)
  yield* act(hands, chance.of(['panic', 'stop', 'play']))
  yield* rest(hands, chance.between(0, 2))
  for (const key of keys) yield* lift(hands, key)
}

/** The cable is unplugged with keys and the pedal down. */
function* cable(hands: Hands): Moves {
  const { chance, see } = hands
  for (let key = chance.whole(1, 6); key > 0; key--) yield* strike(hands, chance.whole(36, 84))
  if (chance.happens(0.5)) yield* control(hands, sustainPedal, 127)
  yield { at: see().now + chance.between(0.05, 1), type: 'pull' }
}

function* deadWorker(hands: Hands): Moves {
  const { chance, see } = hands
  const busy = chance.happens(0.6)
  yield { at: see().now + 0.1, type: 'kill', busy }
  if (busy) yield* act(hands, 'new-groove')
  yield* rest(hands, chance.between(0, 3))
}

function* deadSession({ chance, see }: Hands): Moves {
  yield { at: see().now + chance.between(0.1, 3), type: 'crash', stored: chance.of(['all', 'some', 'torn']) }
}

/** Anything that a setting may be set to. */
function randomValue({ chance }: Hands, id: SettingId): SettingValue {
  const setting = settings[id]
  if (isAmount(setting)) return chance.between(setting.least, setting.most)
  return isChoice(setting) ? chance.of(setting.words) : chance.happens(0.5)
}

/** Sets settings to random values, plays, and sets them back. */
function* anySettings(hands: Hands): Moves {
  const { chance } = hands
  const touched = Array.from({ length: chance.whole(2, 10) }, () => chance.of(settingIds))
  for (const id of touched) yield* act(hands, id, randomValue(hands, id))
  yield* play(hands, invention(chance, 45, 6))
  const initial = (id: SettingId) => act(hands, id, settings[id].initial)
  for (const id of new Set<SettingId>([...touched, 'tempo'])) yield* initial(id)
}

/** Maps a controller, turns its knobs, and learns a control. */
function* controller(hands: Hands): Moves {
  const { chance } = hands
  const { bindings } = chance.of(Object.values(controllers))
  yield* dispatch(hands, { type: 'bind', bindings })
  for (let count = chance.whole(3, 20); count > 0; count--) {
    yield* control(hands, chance.whole(0, 71), chance.of([0, 127, chance.whole(0, 127)]))
  }
  yield* dispatch(hands, { type: 'learn', action: chance.of<ActionId>(['tap', 'new-groove', 'wildness']) })
  yield* control(hands, 80, 127)
  const unbound = ['cc 80 ch 1', ...Object.keys(bindings)].map((name) => [name, null] as const)
  yield* dispatch(hands, { type: 'bind', bindings: Object.fromEntries(unbound) })
  for (const id of settingIds) yield* act(hands, id, settings[id].initial)
}

/** Nothing but the loops plays. */
function* listening(hands: Hands): Moves {
  if (!hands.see().transport.playing) yield* act(hands, 'play')
  yield* rest(hands, hands.chance.between(10, 90))
}

function* passes(hands: Hands, count: number): Moves {
  const { transport, settings } = hands.see()
  if (!transport.playing) return
  const beats = count * settings.measures * measureBeats(transport.form.metre)
  yield* rest(hands, Math.min(30, (beats * 60) / settings.tempo))
}

/** All scenes. The first one comes first. */
export const scenes: readonly Scene[] = [
  { name: 'bass', weight: 5, moves: bass },
  { name: 'overdub', weight: 3, moves: overdub },
  { name: 'chords', weight: 3, moves: chords },
  { name: 'band', weight: 4, moves: band },
  { name: 'grooves', weight: 4, moves: grooves },
  { name: 'trade', weight: 10, moves: trade },
  { name: 'pedal', weight: 3, moves: pedal },
  { name: 'tempo', weight: 3, moves: tempo },
  { name: 'metre', weight: 2, moves: metre },
  { name: 'show', weight: 2, moves: show },
  { name: 'second thoughts', weight: 2, moves: secondThoughts },
  { name: 'trouble', weight: 2, moves: trouble },
  { name: 'cable', weight: 3, moves: cable },
  { name: 'dead worker', weight: 2, moves: deadWorker },
  { name: 'dead session', weight: 1, moves: deadSession },
  { name: 'settings', weight: 2, moves: anySettings },
  { name: 'controller', weight: 1, moves: controller },
  { name: 'listening', weight: 4, moves: listening },
]
