/**
 * What drummers strike beyond 4/4, by families of styles. In odd metres they mark the groups: 5/4 is 3+2, 7/4 is 4+3, and
 * 7/8 is 2+2+3 unless it says otherwise.
 */
import type { DrumPattern } from '../../groove/index.ts'

/** Patterns of one metre, written in one way or in several. */
const inMetre = (metres: string, patterns: readonly DrumPattern[]): DrumPattern[] =>
  metres.split(' ').flatMap((metre) => patterns.map((pattern) => ({ ...pattern, metre })))

/** Jazz: the ride goes on in every metre, with the foot's hat on the backbeat of each group. */
export const jazzMetres: readonly DrumPattern[] = [
  ...inMetre('3/4', [
    { drum: 'ride', text: 'x---x-x-x---' },
    { drum: 'closed-hat', text: '.-.-x-.-x-.-', nats: 1.5 },
    { drum: 'kick', text: 'x-------.---', nats: 1 },
  ]),
  ...inMetre('5/4 3+2/4', [
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
  ...inMetre('7/4 4+3/4', [
    { drum: 'ride', text: 'x-.-x-x-x-.-x-x-x-.-x-x-x-.-' },
    { drum: 'closed-hat', text: '.-.-x-.-.-.-x-.-.-.-x-.-.-.-', nats: 4 },
    { drum: 'kick', text: 'x---------------x-------.---', nats: 1 },
  ]),
  ...inMetre('7/8', [
    { drum: 'ride', text: 'x-.-x-x-x-.-x-' },
    { drum: 'closed-hat', text: '.-.-x-.-.-.-x-', nats: 1.5 },
    { drum: 'kick', text: 'x-------x---.-', nats: 1 },
  ]),
  ...inMetre('3+2+2/8', [
    { drum: 'ride', text: 'x-.-x-x-.-x-.-' },
    { drum: 'closed-hat', text: '.-.-.-x-.-.-.-', nats: 4 },
    { drum: 'kick', text: 'x---.-----x---', nats: 1 },
  ]),
]

/** Rock and what is near it: hats on the eighths, and the backbeat where each metre has one. */
export const rockMetres: readonly DrumPattern[] = [
  ...inMetre('3/4', [
    { drum: 'snare', text: '....x...x...', nats: 2 },
    { drum: 'kick', text: 'x---.---.---' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-', nats: 1.5 },
  ]),
  ...inMetre('5/4 3+2/4', [
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
  ...inMetre('7/4 4+3/4', [
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

/**
 * Brazil: the stick on the rim crosses the beat, over a surdo whose heart beats. In compound metres the clave of the bossa is
 * in threes; seven is four and three.
 */
export const brazilMetres: readonly DrumPattern[] = [
  ...inMetre('3/4', [
    { drum: 'snare', text: 'x.....x.......x.....x...', nats: 4 },
    { drum: 'kick', text: 'x.....--x---' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-' },
    { drum: 'open-hat', text: '............' },
  ]),
  ...inMetre('5/4 3+2/4', [
    { drum: 'snare', text: 'x.....x.....x.....x.', nats: 4 },
    { drum: 'kick', text: 'x.....x-....x-....x-' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-x-x-x-x-' },
    { drum: 'open-hat', text: '....................' },
  ]),
  ...inMetre('6/8 12/8', [
    { drum: 'snare', text: 'x...x...x.....x.....x...', nats: 4 },
    { drum: 'kick', text: 'x...x.x...x.x...x.x...x.', nats: 3 },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-x-x-x-x-x-x-' },
    { drum: 'open-hat', text: '........................' },
  ]),
  ...inMetre('7/4 4+3/4', [
    { drum: 'snare', text: 'x.....x.....x.....x.....x...', nats: 5 },
    { drum: 'kick', text: 'x.....x.x.....x.x.....--x---' },
    { drum: 'closed-hat', text: 'x-x-x-x-x-x-x-x-x-x-x-x-x-x-' },
    { drum: 'open-hat', text: '............................' },
    { drum: 'ride', text: '............................' },
  ]),
]

/** The bell of bembé, and the open tone of the low drum that answers it. */
const bembe: readonly DrumPattern[] = [
  { drum: 'ride', text: 'x...x...x.x...x...x...x.', nats: 4 },
  { drum: 'snare', text: '........x.----......x.--', nats: 1.5 },
]

/** Cuba: the bell of bembé over two measures of three or of 6/8, or one of 12/8. In three, the foot plays the beats after the one. */
export const cubanMetres: readonly DrumPattern[] = [
  ...inMetre('3/4', [
    ...bembe,
    { drum: 'closed-hat', text: '....x-..x-..', nats: 1 },
    { drum: 'kick', text: 'x-....x-..--..----x-..--', nats: 1.5 },
  ]),
  ...inMetre('6/8 12/8', [
    ...bembe,
    { drum: 'closed-hat', text: '......x-....------x-....', nats: 1 },
    { drum: 'kick', text: 'x-......--..x-........--', nats: 1.5 },
  ]),
]
