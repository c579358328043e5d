/**
 * `devices/midi`: live MIDI: messages as bytes and back, ports of any library behind one interface, the output that a
 * session sounds on, and the clocks that it sends and follows. `web.ts` brings a browser's ports, `node.ts` a
 * host's.
 */
export * from './clock-in.ts'
export * from './clock-out.ts'
export * from './input.ts'
export * from './message.ts'
export * from './midi-device.ts'
export * from './midi-output.ts'
export { createPortRegistry } from './port-registry.ts'
export * from './ports.ts'
