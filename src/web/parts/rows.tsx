import { useComputed } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { measureBeats } from '../../music/index.ts'
import {
  type ActionName,
  type BandTrack,
  type LoopTrack,
  loopTracks,
  otherReadings,
  type PlayedTrack,
  playedTracks,
  type Track,
} from '../../session/index.ts'
import { ActionButton, Fader, Toggle, useSetting, useStage } from '../controls.tsx'
import { text } from '../text.ts'
import { useBound } from './bound.ts'
import { ChartPlace } from './chart-place.tsx'
import { ChordLane } from './chord-lane.tsx'
import { DrumControls } from './drum-controls.tsx'
import { Icon } from './icon.tsx'
import { Mark } from './mark.tsx'
import { prefersReducedMotion } from './reduced-motion.ts'
import { Roll } from './roll.tsx'
import { type RolledTrack, rolledTracks } from './rolled-tracks.ts'
import { useFramed, useFrames } from './use-frames.ts'
import { viewAt } from './view.ts'

/** The rows, the chord names above them, and the playhead. */
export function Rows() {
  return (
    <div class="rows">
      <ChordLane />
      {rolledTracks.map((track) => (
        <Row key={track} track={track} />
      ))}
      <Playhead />
      <ChartPlace />
    </div>
  )
}

function Playhead() {
  const stage = useStage()
  const line = useRef<HTMLDivElement>(null)
  useFrames(() => {
    if (!line.current) return
    const { beat, playing, metre } = stage.position()
    const { start, length } = viewAt(stage.session.peek(), beat)
    const unit = 4 / metre.denominator
    const place = prefersReducedMotion() ? Math.floor((beat - start) / unit) * unit : beat - start
    line.current.style.transform = `translateX(${((100 * place) / length).toFixed(3)}%)`
    line.current.style.visibility = playing && place >= 0 ? 'visible' : 'hidden'
  })
  return (
    <div class="sweep" aria-hidden="true">
      <div class="playhead" ref={line} />
    </div>
  )
}

function Row({ track }: { readonly track: RolledTrack }) {
  const state = useRecording(track)
  return (
    <section class="row" aria-label={text.tracks[track]} data-track={track} data-state={state}>
      <div class="hands">
        {isPlayed(track) ? <KeysButton track={track} /> : <h2 class="name">{text.tracks[track]}</h2>}
        {track === 'drums' && <DrumControls />}
        {isRecorded(track) && <RecordButtons track={track} />}
        <div class="mix">
          <Toggle id={`mute-${track}`} class="mute">
            {text.row.mute}
          </Toggle>
          <Toggle id={`solo-${track}`} class="solo">
            {text.row.solo}
          </Toggle>
          {(track === 'bass' || track === 'chords') && <SourceButton track={track} />}
          <Fader track={track} />
          <ActionButton id={`clear-${track}`} class="plain">
            <Icon name="clear" />
          </ActionButton>
        </div>
      </div>
      <div class="roll">
        <Roll track={track} />
        <Hint track={track} />
        {track === 'lead' && <Legend />}
        {isRecorded(track) && <RereadButtons track={track} />}
        {track === 'drums' && <DrumMoves />}
      </div>
    </section>
  )
}

/** Who plays the track: pressed, the next one does. */
function SourceButton({ track }: { readonly track: BandTrack }) {
  const id = `source-${track}` as const
  const source = useSetting(id)
  const word = text.row.sources[source.value]
  return (
    <ActionButton id={id} class="plain" label={text.row.source(text.tracks[track], word)} state={source.value}>
      {word}
    </ActionButton>
  )
}

function isPlayed(track: Track): track is PlayedTrack {
  return playedTracks.some((each) => each === track)
}

function isRecorded(track: Track): track is LoopTrack {
  return loopTracks.some((each) => each === track)
}

type Recording = 'idle' | 'armed' | 'recording' | 'free'

/** Whether a track is being recorded, or waits for its first note. */
function useRecording(track: RolledTrack): Recording {
  const { session } = useStage()
  return useComputed((): Recording => {
    const { take, armed, free } = session.value.recording
    if (free?.track === track) return 'free'
    return take?.track === track ? 'recording' : armed?.track === track ? 'armed' : 'idle'
  }).value
}

/** The row's name, a button that makes the keys play this track. */
function KeysButton({ track }: { readonly track: PlayedTrack }) {
  const { session } = useStage()
  const { set, attributes } = useBound('keys', text.row.keysPlay(text.tracks[track]))
  const isPressed = useComputed(() => session.value.settings.keys === track)
  return (
    <button
      type="button"
      class="name"
      {...attributes}
      title={attributes['aria-label']}
      aria-pressed={isPressed.value}
      onClick={() => set(track)}
    >
      {text.tracks[track]}
    </button>
  )
}

function RecordButtons({ track }: { readonly track: LoopTrack }) {
  const stage = useStage()
  const state = useRecording(track)
  const barsLeft = useFramed(() => {
    const { take } = stage.session.peek().recording
    if (!take) return 0
    return Math.max(1, Math.ceil((take.end - Math.max(take.start, stage.position().beat)) / measureBeats(take.metre)))
  })
  const words = {
    idle: text.row.record,
    armed: text.row.armed,
    recording: text.row.recording(barsLeft.value),
    free: text.row.recordingFreely,
  }
  return (
    <div class="record-buttons">
      <ActionButton id={`record-${track}`} class="record" state={state}>
        <i class="lamp" data-state={state} />
        {words[state]}
      </ActionButton>
      <ActionButton id={`free-${track}`} class="plain" state={state}>
        {text.row.free}
      </ActionButton>
      <ActionButton id={`overdub-${track}`} class="plain">
        <Icon name="plus" /> {text.row.add}
      </ActionButton>
    </div>
  )
}

/** What mends a wrong guess at the last free take, over its notes. */
function RereadButtons({ track }: { readonly track: LoopTrack }) {
  const { session } = useStage()
  const isShown = useComputed(() => {
    const { material, recording } = session.value
    return recording.reading?.track === track && material.loops[track]?.isFree
  })
  if (!isShown.value) return null
  return (
    <div class="overlay">
      {rereadIds.map((id) => (
        <RereadButton key={id} id={id} />
      ))}
    </div>
  )
}

const rereadIds = Object.keys(text.row.reread) as (keyof typeof text.row.reread)[]

/** Hears the free take otherwise, and says in which tempo or metre. */
function RereadButton({ id }: { readonly id: keyof typeof text.row.reread }) {
  const { session } = useStage()
  const other = useComputed(() => otherReadings(session.value)[id] ?? null)
  if (other.value === null) return null
  return (
    <ActionButton id={id} class="plain">
      {text.row.reread[id](other.value)}
    </ActionButton>
  )
}

/** What the drummer can be told while the music plays. */
function DrumMoves() {
  const { session } = useStage()
  const isShown = useComputed(() => session.value.transport.playing)
  return isShown.value ? <Overlay buttons={text.drums.moves} /> : null
}

/** Buttons over a roll. */
function Overlay({ buttons }: { readonly buttons: Readonly<Partial<Record<ActionName, string>>> }) {
  return (
    <div class="overlay">
      {Object.entries(buttons).map(([id, name]) => (
        <ActionButton key={id} id={id as ActionName} class="plain">
          {name}
        </ActionButton>
      ))}
    </div>
  )
}

/** The signs of human and machine. */
function Legend() {
  const { session } = useStage()
  const hides = useComputed(() => session.value.settings['guess-who'])
  return (
    <p class="legend">
      {hides.value ? (
        <span>
          <Mark who="guess" /> {text.row.guess}
        </span>
      ) : (
        <>
          <span>
            <Mark who="human" /> {text.row.you}
          </span>
          <span>
            <Mark who="machine" /> {text.row.machine}
          </span>
        </>
      )}
    </p>
  )
}

/** A hint in an empty row. */
function Hint({ track }: { readonly track: RolledTrack }) {
  const { recent, session } = useStage()
  const hint = useComputed(() => {
    const { material, recording, settings, transport } = session.value
    const { armed } = recording
    const { adding, counted, playing, stopped } = text.row.armedHint
    if (recording.free?.track === track) return text.row.freeHint
    if (armed?.track === track)
      return armed.overdub ? adding : armed.counted ? counted : transport.playing ? playing : stopped
    if (recording.take?.track === track) return null
    if (track === 'lead')
      return settings.improvise || material.loops.lead || recent().length > 0 ? null : text.row.hints.lead
    if (track === 'drums') return material.loops.bass || material.drums ? null : text.row.hints.drums
    if (track === 'chords' && material.chart) return null
    return material.loops[track] ? null : text.row.hints[track]
  })
  return hint.value === null ? null : <p class="hint">{hint.value}</p>
}
