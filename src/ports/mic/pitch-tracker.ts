import { clampVelocity, type MidiPitch } from '../../music/index.ts'
import type { Happening } from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { createEar } from './ear.ts'

type Heard = { readonly happening: Happening; readonly at: Seconds }
export type PitchTracker = { hear(samples: Float32Array): Heard[]; readonly pitch: MidiPitch | null; letGo(): Heard[] }

const gate = 0.003

export function createPitchTracker(sampleRate: number): PitchTracker {
  const ear = createEar(sampleRate)
  let hop = -1
  const levels: number[] = []
  let attack: { hop: number; before: number; peak: number } | null = null
  let run: { pitch: number; from: number; count: number; stretch: number } | null = null
  let sounding: { pitch: number; from: number; loudest: number; lastNear: number; away: number | null } | null = null
  let ended = 0
  let out: Heard[] = []
  const loudestSince = (at: number) => Math.max(...levels.slice(-Math.max(1, hop - Math.floor(at) + 1)))

  const begin = (pitch: number, at: number) => {
    const loudest = loudestSince(at)
    sounding = { pitch, from: at, loudest, lastNear: hop, away: null }
    attack = null
    out.push({ happening: { type: 'noteOn', pitch, velocity: velocityOf(loudest) }, at: at * ear.hop })
  }
  const end = (at: number) => {
    if (!sounding) return
    out.push({ happening: { type: 'noteOff', pitch: sounding.pitch }, at: at * ear.hop })
    sounding = null
    ended = loudestSince(hop - 5)
  }
  return {
    get pitch() {
      return sounding?.pitch ?? null
    },
    letGo() {
      out = []
      end(hop)
      return out
    },
    hear(samples) {
      out = []
      for (const { level, pitch, stretch } of ear.hear(samples)) {
        hop++
        const before = Math.max(0.0005, ...levels.slice(-6))
        levels.push(level)
        if (levels.length > 64) levels.shift()
        if (attack && hop - attack.hop > 60) attack = null
        if (attack && hop - attack.hop <= 8) attack.peak = Math.max(attack.peak, level)
        if (level > gate && level > before * 1.3 && (!attack || hop - attack.hop > 30))
          attack = { hop, before, peak: level }
        if (pitch === null) run = null
        else if (run && Math.abs(pitch - run.pitch) < 0.5) {
          run.count++
          run.pitch += 0.3 * (pitch - run.pitch)
          run.stretch = stretch
        } else run = { pitch, from: hop, count: 1, stretch }
        if (sounding && pitch !== null) {
          if (Math.abs(pitch - sounding.pitch) <= 0.7) {
            sounding.lastNear = hop
            sounding.away = null
          } else sounding.away ??= hop
        } else if (sounding) sounding.away = null
        if (run && run.count >= 4) {
          const p = Math.round(run.pitch)
          if (!sounding) {
            if (attack) begin(p, attack.hop)
            else if (level > 4 * ended && level > gate) begin(p, run.from - (0.75 * run.stretch) / ear.hop)
          } else {
            const again =
              attack &&
              attack.hop > sounding.from + 8 &&
              (attack.peak > 2 * attack.before || run.from > attack.hop) &&
              (hop - attack.hop) * ear.hop >= 0.7 * stretch
            const off = Math.abs(run.pitch - sounding.pitch)
            const octave = Math.abs(off - 12) < 0.5 || Math.abs(off - 24) < 0.5 || Math.abs(off - 19) < 0.5
            if (again && attack) {
              const at = attack.hop
              end(at)
              begin(p, at)
            } else if (
              sounding.away !== null &&
              hop - sounding.away >= (octave ? 16 : 7) &&
              run.count >= 7 &&
              p !== sounding.pitch
            ) {
              const at = Math.max(
                sounding.from + 1,
                (sounding.lastNear + sounding.away) / 2 - run.stretch / 2 / ear.hop,
              )
              end(at)
              begin(p, at)
            }
          }
        }
        if (sounding) {
          const loud = Math.max(...levels.slice(-6))
          sounding.loudest = Math.max(sounding.loudest, loud)
          if (loud < gate || loud < sounding.loudest * 0.03) end(hop - 5)
          else if (hop - sounding.lastNear > 12 && !run) end(sounding.lastNear + 1)
        }
        ended = Math.min(ended, Math.max(...levels.slice(-6)))
      }
      return out
    },
  }
}

function velocityOf(level: number): number {
  const decibels = 20 * Math.log10(level)
  return clampVelocity(127 + (decibels + 6) * 2.7)
}
