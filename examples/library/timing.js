// From taps to a tempo, and from beats to seconds and back.
import { beatAt, secondsAt, swung, tap, tappedTempo, timeline, withTempo } from 'tradefours/timing'

const taps = tap(tap(tap([], 10), 10.5), 11)
const bpm = tappedTempo(taps)?.bpm ?? 60

// Half as fast from beat 8 on: seconds are computed from the last change, so nothing drifts.
const line = withTempo(timeline(bpm), 8, bpm / 2)
console.log(bpm, secondsAt(line, 16), beatAt(line, 12))
console.log(swung(0.5, { ratio: 2 / 3, pair: 1 }).toFixed(3))
// 120 12 16
// 0.667
