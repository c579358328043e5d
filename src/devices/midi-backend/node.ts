/** What is needed of a library for MIDI in Node; `@julusian/midi` has it. Its functions may throw. */
export type MidiBackend = {
  readonly Input: new () => BackendPort & {
    ignoreTypes(sysex: boolean, timing: boolean, activeSensing: boolean): void
    on(event: 'message', heard: (deltaSeconds: number, bytes: readonly number[]) => void): unknown
  }
  readonly Output: new () => BackendPort & { sendMessage(bytes: number[]): void }
}

type BackendPort = {
  getPortCount(): number
  getPortName(port: number): string
  openPort(port: number): void
  openVirtualPort(name: string): void
  /** Closes what is open. Nothing is asked of it any more. */
  destroy(): void
}

/** A port as the library knows it: by its name, and where several have the same, which of them, from 0. */
export type BackendPlace = { readonly name: string; readonly nth: number }

/**
 * Loads the library.
 *
 * @throws Error where the optional package is missing, or doesn't run on this system.
 */
export async function loadMidiBackend(): Promise<MidiBackend> {
  const { Input, Output, verifyLibraryLoaded } = await import('@julusian/midi/lazy')
  verifyLibraryLoaded()
  return { Input, Output }
}

/** The ports that a library shows now, in its order. */
export function placesOf(port: Pick<BackendPort, 'getPortCount' | 'getPortName'>): BackendPlace[] {
  const names = Array.from({ length: port.getPortCount() }, (_, index) => port.getPortName(index))
  return names.map((name, index) => ({ name, nth: names.slice(0, index).filter((each) => each === name).length }))
}

/**
 * Opens a port.
 *
 * @throws Error where it is gone, or another program holds it.
 */
export function openPlace(port: BackendPort, { name, nth }: BackendPlace): void {
  const index = placesOf(port).findIndex((each) => each.name === name && each.nth === nth)
  if (index < 0) throw new Error(`${name} is gone.`)
  port.openPort(index)
}
