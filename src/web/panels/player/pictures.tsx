import type { ComponentChildren } from 'preact'
import { chordKinds, degreeName, type PhraseSurprise, type PlayedNote, type Portrait } from '../../../improv/index.ts'
import { type MidiPitch, pitchName } from '../../../music/index.ts'
import { text } from '../text.ts'

const { pictures } = text.player

type FrameProps = {
  readonly title: string
  readonly hint: string
  /** What a screen reader says instead of the picture. */
  readonly says: string
  readonly children: ComponentChildren
}

function Frame({ title, hint, says, children }: FrameProps) {
  return (
    <figure class="picture">
      <figcaption>
        <b>{title}</b> <span class="quiet">{hint}</span>
      </figcaption>
      <div role="img" aria-label={says}>
        {children}
      </div>
    </figure>
  )
}

type Bar = { readonly name: string; readonly share: number; readonly shown?: boolean }

/** Bars side by side, the highest as high as the picture. */
function Bars({ bars }: { readonly bars: readonly Bar[] }) {
  const most = Math.max(1e-9, ...bars.map(({ share }) => share))
  return (
    <div class="bars" aria-hidden="true">
      {bars.map(({ name, share, shown = true }) => (
        <div key={name} class="bar" title={`${name}: ${percent(share)}`}>
          <span class="stick" style={{ height: `${(100 * share) / most}%` }} />
          <span class="under">{shown ? name : ''}</span>
        </div>
      ))}
    </div>
  )
}

/** How often each pitch is played, on a keyboard's length. */
export function RangePicture({ pitches }: { readonly pitches: readonly MidiPitch[] }) {
  const lowest = pitches.reduce((least, pitch) => Math.min(least, pitch), 127)
  const highest = pitches.reduce((most, pitch) => Math.max(most, pitch), 0)
  const bars = Array.from({ length: highest - lowest + 1 }, (_, index) => {
    const pitch = lowest + index
    const share = pitches.filter((each) => each === pitch).length / pitches.length
    return { name: pitchName(pitch), share, shown: pitch % 12 === 0 }
  })
  return (
    <Frame title={pictures.range} hint={pictures.rangeHint} says={`${pitchName(lowest)} – ${pitchName(highest)}`}>
      <Bars bars={bars} />
    </Frame>
  )
}

/** How often each interval is played, up to an octave. */
export function IntervalPicture({ intervals }: Pick<Portrait, 'intervals'>) {
  const bars = Array.from({ length: 25 }, (_, index) => {
    const semitones = index - 12
    const share = intervals.find((interval) => interval.semitones === semitones)?.share ?? 0
    return { name: `${semitones}`.replace('-', '−'), share, shown: semitones % 3 === 0 }
  })
  const says = spoken(bars)
  return (
    <Frame title={pictures.intervals} hint={pictures.intervalsHint} says={says}>
      <Bars bars={bars} />
    </Frame>
  )
}

const fractions: Readonly<Record<string, string>> = {
  '0.17': '⅙',
  '0.25': '¼',
  '0.33': '⅓',
  '0.5': '½',
  '0.67': '⅔',
  '0.75': '¾',
  '1.5': '1½',
}

/** How often each note value is played. */
export function RhythmPicture({ rhythms }: Pick<Portrait, 'rhythms'>) {
  const bars = [...rhythms]
    .sort((a, b) => a.beats - b.beats)
    .map(({ beats, share }) => {
      const name = `${Number(beats.toFixed(2))}`
      return { name: fractions[name] ?? name, share }
    })
  return (
    <Frame title={pictures.rhythms} hint={pictures.rhythmsHint} says={spoken(bars)}>
      <Bars bars={bars} />
    </Frame>
  )
}

/** How often each tone is played over each kind of chord. */
export function DegreePicture({ degrees }: Pick<Portrait, 'degrees'>) {
  const kinds = chordKinds.filter((kind) => degrees[kind])
  if (kinds.length === 0) return null
  const tones = Array.from({ length: 12 }, (_, tone) => tone)
  const rows = kinds.map((kind) => ({ kind, shares: degrees[kind]?.shares ?? [] }))
  const most = Math.max(...rows.flatMap(({ shares }) => shares))
  const says = rows.map(
    ({ kind, shares }) =>
      `${kind}: ${tones.map((tone) => `${degreeName(tone)} ${percent(shares[tone] ?? 0)}`).join(', ')}`,
  )
  return (
    <Frame title={pictures.degrees} hint={pictures.degreesHint} says={says.join('; ')}>
      <table class="heat" aria-hidden="true">
        <tbody>
          {rows.map(({ kind, shares }) => (
            <tr key={kind}>
              <th scope="row">{kind}</th>
              {tones.map((tone) => (
                <Cell
                  key={tone}
                  weight={(shares[tone] ?? 0) / most}
                  title={`${degreeName(tone)}: ${percent(shares[tone] ?? 0)}`}
                />
              ))}
            </tr>
          ))}
          <tr>
            <th />
            {tones.map((tone) => (
              <td key={tone} class="under">
                {tone === 0 ? '1' : degreeName(tone)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </Frame>
  )
}

/** An octave and more is one with an octave. */
const widest = 12

/** Which interval follows which. */
export function PocketPicture({ notes }: { readonly notes: readonly PlayedNote[] }) {
  const size = 2 * widest + 1
  const counts = Array.from({ length: size }, () => Array<number>(size).fill(0))
  const place = (interval: number) => Math.max(-widest, Math.min(widest, interval)) + widest
  for (let index = 2; index < notes.length; index++) {
    const [first, second, third] = notes.slice(index - 2, index + 1) as [PlayedNote, PlayedNote, PlayedNote]
    if (second.since === null || third.since === null) continue
    const row = counts[place(second.pitch - first.pitch)] as number[]
    const column = place(third.pitch - second.pitch)
    row[column] = (row[column] as number) + 1
  }
  const most = Math.max(1, ...counts.flat())
  return (
    <Frame title={pictures.pocket} hint={pictures.pocketHint} says={pictures.pocketHint}>
      <svg class="map" viewBox={`-3 -3 ${size + 4} ${size + 4}`} aria-hidden="true">
        {counts.flatMap((row, from) =>
          row.map((count, to) => (
            <rect
              key={`${from} ${to}`}
              x={to}
              y={size - 1 - from}
              width={0.92}
              height={0.92}
              class="place"
              style={{ opacity: count === 0 ? 0.07 : 0.2 + 0.8 * Math.sqrt(count / most) }}
            />
          )),
        )}
        {[-12, -6, 0, 6, 12].map((interval) => (
          <g key={interval} class="marks">
            <text x={place(interval) + 0.46} y={-0.8} text-anchor="middle">
              {signed(interval)}
            </text>
            <text x={-0.5} y={size - 1 - place(interval) + 0.8} text-anchor="end">
              {signed(interval)}
            </text>
          </g>
        ))}
      </svg>
    </Frame>
  )
}

/** How surprising each phrase of the evening was, yours and the machine's. */
export function EveningPicture({ phrases }: { readonly phrases: readonly PhraseSurprise[] }) {
  const shown = phrases.slice(-80)
  const most = Math.max(4, ...shown.map(({ nats }) => nats))
  const [width, height] = [320, 100]
  const x = (index: number) => 14 + ((width - 20) * index) / Math.max(1, shown.length - 1)
  const y = (nats: number) => height - 14 - ((height - 22) * nats) / most
  const pathOf = (by: PhraseSurprise['by']) =>
    shown
      .flatMap((phrase, index) => (phrase.by === by ? [`${x(index).toFixed(1)} ${y(phrase.nats).toFixed(1)}`] : []))
      .map((point, index) => `${index === 0 ? 'M' : 'L'}${point}`)
      .join('')
  const means = (['human', 'machine'] as const).map((by) => {
    const its = shown.filter((phrase) => phrase.by === by)
    return its.length === 0 ? '–' : (its.reduce((sum, { nats }) => sum + nats, 0) / its.length).toFixed(1)
  })
  const says = `${text.player.yours}: ${means[0]}; ${text.player.machines}: ${means[1]}`
  return (
    <Frame title={pictures.evening} hint={pictures.eveningHint} says={says}>
      {shown.length < 2 ? (
        <p class="quiet">{text.player.noEvening}</p>
      ) : (
        <>
          <svg class="evening" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            {[1, 2, 3, 4, 5]
              .filter((nats) => nats <= most)
              .map((nats) => (
                <g key={nats} class="marks">
                  <line x1={14} x2={width - 6} y1={y(nats)} y2={y(nats)} />
                  <text x={10} y={y(nats) + 2.5} text-anchor="end">
                    {nats}
                  </text>
                </g>
              ))}
            <path class="human" d={pathOf('human')} />
            <path class="machine" d={pathOf('machine')} />
            {shown.map(({ by, nats }, index) => (
              <Dot key={index} by={by} x={x(index)} y={y(nats)} />
            ))}
          </svg>
          <p class="legend" aria-hidden="true">
            <span class="human">
              ● {text.player.yours} {means[0]}
            </span>{' '}
            <span class="machine">
              ◆ {text.player.machines} {means[1]}
            </span>
          </p>
        </>
      )}
    </Frame>
  )
}

function Dot({ by, x, y }: { readonly by: PhraseSurprise['by']; readonly x: number; readonly y: number }) {
  if (by === 'human') return <circle class="human" cx={x} cy={y} r={2.2} />
  return <rect class="machine" x={x - 2} y={y - 2} width={4} height={4} transform={`rotate(45 ${x} ${y})`} />
}

function Cell({ weight, title }: { readonly weight: number; readonly title: string }) {
  return (
    <td title={title}>
      <span class="place" style={{ opacity: weight === 0 ? 0.07 : 0.15 + 0.85 * weight }} />
    </td>
  )
}

function spoken(bars: readonly Bar[]): string {
  return bars.flatMap(({ name, share }) => (share > 0 ? [`${name} ${percent(share)}`] : [])).join(', ')
}

function signed(interval: number): string {
  return interval > 0 ? `+${interval}` : `${interval}`.replace('-', '−')
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
