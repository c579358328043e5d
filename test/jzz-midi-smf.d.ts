declare module 'jzz-midi-smf' {
  /** Adds `JZZ.MIDI.SMF`, which reads a Standard MIDI File from a binary string. */
  export default function install(jzz: object): void
}
