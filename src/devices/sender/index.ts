/**
 * `devices/sender`: sends messages at their moments, from a thread of its own. `node.ts` starts it; here is what may be sent.
 */
export { maxMessageBytes } from './ring.ts'
