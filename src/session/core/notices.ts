import { parseChart, parseMetre, readChart } from '../../music/index.ts'

/** The notices to a performer in the middle of a performance: one sentence each, short enough to glance at. */
export const notices = {
  'no-bass': 'Record a bassline first: the drums follow it.',
  'drums-follow': 'These drums follow the bass: mute them, or clear the bass.',
  'groove-late': 'The new groove is taking long: this one plays on.',
  'groove-empty': 'The model left the drums silent: this groove plays on.',
  'groove-failed': 'No new groove came: this one plays on.',
  'melody-late': 'The answer is taking long: your own notes sound.',
  'melody-empty': 'The model had no answer: play another call.',
  'melody-failed': 'No answer came: play another call.',
  'band-late': 'The band is late: it comes in as soon as it can.',
  'band-failed': 'The band has lost its place: it comes in again with the next measure.',
  'band-needs-chords': 'The band needs chords: type a chart, record chords, or split the keyboard and play some.',
  'no-style': 'Open the file of your style first.',
  'no-form': 'Type a chart first: its choruses are counted.',
  'phrase-late': 'Its phrase is taking long: the turn goes on.',
  'phrase-failed': 'No phrase came: the turn goes on without it.',
  'phrase-needs-music': 'It plays phrases of its own while the music plays: press Play.',
  'nothing-called': 'Play a call first: there is nothing to answer yet.',
  'metre-waits': 'The new metre comes when this take is over.',
  'bad-metre': 'That is not a metre: write it like 4/4, 7/8 or 2+2+3/8.',
  'bad-chart': 'That chart can’t be read: write it like Dm7 | G7 | C.',
  'chart-doubt': 'That chart can be read in two ways.',
  'nothing-to-undo': 'There is nothing to undo.',
  'nothing-to-redo': 'There is nothing to redo.',
  'no-more-sections': 'There is nothing further that way.',
  'free-too-short': 'That is too short for a measure: play on, and press again.',
  'free-guessed': 'There was little to hear a tempo from: press half time, double time or another metre.',
  'free-in-tempo': 'The music has a tempo already: this take goes along with it.',
  'nothing-free': 'Record freely first: this changes how a free take is heard.',
  'no-such-tempo': 'That tempo or metre does not fit this loop.',
  'take-first': 'End this take first: it goes by this tempo and metre.',
  'take-full': 'This take is full: what comes now is not recorded.',
  learnt: 'Learnt.',
  'split-waits': 'Press the lowest key of the right hand.',
  'split-at': 'The keyboard is split.',
} as const

/** A notice by its name. */
export type NoticeId = keyof typeof notices

/**
 * What a notice says, and of what: a chart that can’t be read names the symbol and its measure.
 *
 * @param detail what was typed, learnt or answered.
 */
export function noticeText(notice: NoticeId, detail: string | null = null): string {
  if (detail === null) return notices[notice]
  if (notice === 'learnt') return `${notices.learnt} ${detail}`
  if (notice === 'split-at') return `The right hand begins at ${detail}.`
  if (notice === 'bad-chart') return complaint(() => parseChart(detail)) ?? notices[notice]
  if (notice === 'bad-metre') return complaint(() => parseMetre(detail)) ?? notices[notice]
  if (notice === 'chart-doubt') return readChart(detail).doubts[0] ?? notices[notice]
  return notices[notice]
}

/** What is wrong with a text that somebody typed. */
function complaint(read: () => unknown): string | null {
  try {
    read()
    return null
  } catch (error) {
    return error instanceof RangeError ? error.message : null
  }
}
