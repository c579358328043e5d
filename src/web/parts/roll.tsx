import { useEffect, useRef } from 'preact/hooks'
import { type Beats, drums } from '../../music/index.ts'
import { audible, type DueNote, type SessionState } from '../../session/index.ts'
import { useStage } from '../controls.tsx'
import type { RecentNote } from '../stage.ts'
import { text } from '../text.ts'
import { type DrawnNote, drawRoll, type Ink, isSounding } from './draw-roll.ts'
import type { RolledTrack } from './rolled-tracks.ts'
import { useChanged, useFrames } from './use-frames.ts'
import { notesIn, type View, viewAt } from './view.ts'

/** The notes of a row. It is drawn again only when they change, or when a note starts or ends. */
export function Roll({ track }: { readonly track: RolledTrack }) {
  const stage = useStage()
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useSize(canvas)
  const notes = useRef<readonly DrawnNote[]>([])
  const notesChanged = useChanged()
  const pictureChanged = useChanged()
  useFrames(() => {
    const pen = canvas.current?.getContext('2d')
    if (!canvas.current || !pen) return
    const state = stage.session.peek()
    const { beat, playing } = stage.position()
    const view = viewAt(state, beat)
    const recent = track === 'lead' ? stage.recent() : []
    // The playhead removes the notes of the previous pass, one by one.
    const swept = recent.findIndex((note) => note.beat > beat - view.length)
    const { material, recording, settings, transport, grooves, band, phrases } = state
    // A note grows while its key is down.
    const grown = isPlayed(state, track) ? beat : null
    const made = [material, recording, settings, transport, grooves, band, phrases] as const
    if (notesChanged(...made, view.start, recent, swept, grown)) {
      notes.current =
        track === 'lead'
          ? [
              ...loopNotes(state, view, track, beat),
              ...leadNotes(state, swept < 0 ? [] : recent.slice(swept), view, beat),
            ]
          : loopNotes(state, view, track, beat)
    }
    const now = playing ? beat - view.start : null
    const lit = now === null ? '' : notes.current.map((note) => (isSounding(note, now) ? 1 : 0)).join('')
    const { width, height, scale } = size.current
    if (!pictureChanged(notes.current, lit, width, height, scale)) return
    if (canvas.current.width !== width * scale) canvas.current.width = width * scale
    if (canvas.current.height !== height * scale) canvas.current.height = height * scale
    pen.setTransform(scale, 0, 0, scale, 0, 0)
    drawRoll(pen, size.current, {
      view,
      notes: notes.current,
      isGrid: track === 'drums',
      names: text.drums.lanes,
      isHeard: audible(state, track),
      now,
    })
  })
  return <canvas ref={canvas} role="img" aria-label={text.row.roll(text.tracks[track])} />
}

/** The size of an element, without measuring it in each frame. */
function useSize(of: { readonly current: HTMLElement | null }) {
  const size = useRef({ width: 0, height: 0, scale: 1 })
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      size.current = { width: Math.round(width), height: Math.round(height), scale: devicePixelRatio }
    })
    if (of.current) observer.observe(of.current)
    return () => observer.disconnect()
  }, [of])
  return size
}

function isPlayed({ keys }: SessionState, track: RolledTrack): boolean {
  return keys.voices.some((voice) => voice.track === track)
}

function loopNotes(state: SessionState, view: View, track: RolledTrack, now: Beats): DrawnNote[] {
  const ink = inkOf(state, track)
  const notes = dueNotes(state, view).flatMap(({ track: of, by, drum, pitch, beat, beats, velocity }): DrawnNote[] => {
    if (of !== track) return []
    const lane = drum ? drums.indexOf(drum) : pitch
    return [{ beat: beat - view.start, beats, lane, velocity, ink: by && ink !== 'plain' ? by : ink }]
  })
  const { recording, settings } = state
  const { take } = recording
  if (take?.track !== track) return notes
  const open = new Set(Object.values(take.open))
  const taken = take.notes.map(
    (note): DrawnNote => ({
      beat: take.start + note.beat - view.start,
      beats: open.has(note) ? Math.max(note.beats, now - take.start - note.beat) : note.beats,
      lane: note.pitch + settings.transpose,
      velocity: note.velocity,
      ink: 'record',
    }),
  )
  return [...notes, ...taken]
}

/** Loops are drawn as the human's, drums as the machine's if a model made them. */
function inkOf({ settings, grooves }: SessionState, track: RolledTrack): Ink {
  if (settings['guess-who']) return 'plain'
  if (track !== 'drums') return 'human'
  return grooves.playing >= 0 ? 'machine' : 'plain'
}

/** The notes of the lead within a pass. Those ahead of the playhead are of the previous pass. */
function leadNotes(
  { settings, transport, keys }: SessionState,
  recent: readonly RecentNote[],
  view: View,
  now: Beats,
): DrawnNote[] {
  const open = new Set<RecentNote | undefined>()
  for (const { track, pitch } of keys.voices) {
    if (track === 'lead') open.add(recent.findLast((note) => note.pitch === pitch))
  }
  return recent.map((note) => {
    const { beat, pitch, velocity, by } = note
    const beats = open.has(note) ? Math.max(note.beats, now - beat) : note.beats
    const from = beat - view.start
    const place = from - Math.floor(from / view.length) * view.length
    const isOld = transport.playing && from < 0
    return { beat: place, beats, lane: pitch, velocity, ink: isOld ? 'old' : settings['guess-who'] ? 'plain' : by }
  })
}

let lastDue: { readonly state: SessionState; readonly start: number; readonly notes: readonly DueNote[] } | null = null

/** The notes of a view, computed once a frame for all rows. */
function dueNotes(state: SessionState, view: View): readonly DueNote[] {
  if (lastDue?.state !== state || lastDue.start !== view.start) {
    lastDue = { state, start: view.start, notes: notesIn(state, view) }
  }
  return lastDue.notes
}
