/**
 * What drummers strike beyond 4/4, by families of styles. In odd metres they mark the groups: 5/4 is 3+2, 7/4 is 4+3, and
 * 7/8 is 2+2+3 unless it says otherwise.
 */
import type { DrumPattern } from '../../groove/index.ts'

/** Patterns of one metre. */
const inMetre = (metre: string, patterns: readonly DrumPattern[]): DrumPattern[] =>
  patterns.map((pattern) => ({ ...pattern, metre }))

/** Jazz: the ride goes on in three, in five and in twelve, with the foot's hat on the backbeat of each group. */
export const jazzMetres: readonly DrumPattern[] = [
  ...inMetre('3/4', [
    { drum: 'ride', text: 'x---x-x-x---' },
    { drum: 'closed-hat', text: '.-.-x-.-x-.-', nats: 1.5 },
    { drum: 'kick', text: 'x-------.---', nats: 1 },
  ]),
  ...inMetre('5/4', [
    { drum: 'ride', text: 'x---x-x-x---x-x-x---' },
    { drum: 'closed-hat', text: '.-.-x-.-.-.-.-.-x-.-', nats: 1.5 },
    { drum: 'kick', text: 'x-----------x-------', nats: 1 },
  ]),
  ...inMetre('6/8', [
    { drum: 'ride', text: 'x-.-x-x-.-x-', nats: 1.5 },
    { drum: 'closed-hat', text: '.-.-.-x-.-.-', nats: 1.5 },
    { drum: 'kick', text: 'x-----.-----', nats: 1 },
  ]),
  ...inMetre('12/8', [
    { drum: 'ride', text: 'x-.-.-x-.-x-x-.-.-x-.-x-' },
    { drum: 'closed-hat', text: '.-.-.-x-.-.-.-.-.-x-.-.-' },
    { drum: 'kick', text: 'x-----.-----x-----.-----', nats: 1 },
  ]),
]

/** Rock and what is near it: hats on the eighths, and the backbeat where each metre has one. */
export const rockMetres: readonly DrumPattern[] = [
  ...inMetre('3/4', [
    { drum: 'snare', text: '....x...x...', nats: 2 },
    { drum: 'kick', text: 'x---.---.---' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-', nats: 1.5 },
  ]),
  ...inMetre('5/4', [
    { drum: 'snare', text: '........x.......x...', nats: 5 },
    { drum: 'kick', text: 'x---.---.---x---.---' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-x-x-x-x-', nats: 1.5 },
  ]),
  ...inMetre('6/8', [
    { drum: 'snare', text: '......x.....', nats: 3 },
    { drum: 'kick', text: 'x-----.---.-' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-', nats: 1.5 },
  ]),
  ...inMetre('12/8', [
    { drum: 'snare', text: '......x...........x.....', nats: 3 },
    { drum: 'kick', text: 'x-----.-----x-----.---.-' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-x-x-x-x-x-x-', nats: 1.5 },
  ]),
  ...inMetre('7/4', [
    { drum: 'snare', text: '....x.......x.......x.......', nats: 4 },
    { drum: 'kick', text: 'x---.---x---.---x---.---x---' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-x-x-x-x-x-x-x-x-', nats: 1.5 },
  ]),
  ...inMetre('7/8', [
    { drum: 'snare', text: '....x.......x.', nats: 3 },
    { drum: 'kick', text: 'x---.---x---.-' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-x-', nats: 1.5 },
  ]),
  ...inMetre('3+2+2/8', [
    { drum: 'snare', text: '......x.......', nats: 3 },
    { drum: 'kick', text: 'x-----.---x---' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-x-', nats: 1.5 },
  ]),
]

/** Brazil: the stick on the rim crosses the beat, over a surdo on the one. */
export const brazilMetres: readonly DrumPattern[] = [
  ...inMetre('3/4', [
    { drum: 'snare', text: 'x.....x.......x.....x...', nats: 4 },
    { drum: 'kick', text: 'x.....--x---' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-' },
    { drum: 'open-hat', text: '............' },
  ]),
  ...inMetre('5/4', [
    { drum: 'snare', text: 'x.....x.....x.....x.', nats: 4 },
    { drum: 'kick', text: 'x.....x-....x-....x-' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-x-x-x-x-' },
    { drum: 'open-hat', text: '....................' },
  ]),
]

/** Cuba: the bell of bembé over two measures of 6/8, or one of 12/8. */
export const cubanMetres: readonly DrumPattern[] = ['6/8', '12/8'].flatMap((metre) =>
  inMetre(metre, [
    { drum: 'ride', text: 'x...x...x.x...x...x...x.', nats: 4 },
    { drum: 'closed-hat', text: '......x-....------x-....', nats: 1 },
    { drum: 'snare', text: '........x.----......x.--', nats: 1.5 },
    { drum: 'kick', text: 'x-......--..x-........--', nats: 1.5 },
  ]),
)
