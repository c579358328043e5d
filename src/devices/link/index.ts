/**
 * `devices/link`: Ableton Link: a session that shares tempo, beat, the phase of the measure, start and stop with its peers,
 * all of whom may lead. `node.ts` brings the peer, which is an add-on (`addons/link`).
 */
export * from './link.ts'
export * from './link-device.ts'
export * from './peer.ts'
