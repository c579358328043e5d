/**
 * `devices/keyboard`: the keys of a computer as a piano, by where they lie (`KeyboardEvent.code`), whatever their letters.
 */
export * from './key-piano.ts'
export * from './listen.ts'
