/**
 * `devices/osc`: Open Sound Control, so that SuperCollider, Max or a tablet plays with a session: packets and back, what addresses
 * want, the output that plays by ML-Jam's addresses, and the state that is sent to lights. `node.ts` brings the socket.
 */
export * from './input.ts'
export * from './osc-device.ts'
export * from './osc-output.ts'
export * from './packet.ts'
export * from './state-out.ts'
export * from './wall-clock.ts'
