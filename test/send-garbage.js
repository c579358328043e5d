/**
 * `node send-garbage.js PORT PER-SECOND MILLISECONDS SEED`: sends packets that mean nothing, or nearly something, to a UDP
 * port of this machine.
 */
import { createSocket } from 'node:dgram'

const [port = 0, perSecond = 0, milliseconds = 0, seed = 0] = process.argv.slice(2).map(Number)
let chance = seed + 1
const random = (/** @type {number} */ below) => {
  chance = (Math.imul(chance, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((chance / 2 ** 32) * below)
}
const good = Buffer.from('/processnoteon\0\0,ii\0\0\0\0\x3c\0\0\0\x50')
/** No packet of them is a key that could be played. */
const kinds = [
  () => Buffer.from(Array.from({ length: random(200) }, () => random(256))),
  () => Buffer.concat([Buffer.from('#bundle\0'), Buffer.from(Array.from({ length: random(400) }, () => random(256)))]),
  () => good.subarray(0, random(good.length)),
  () => Buffer.from('/processnoteon\0\0,ii\0\x7f\xff\xff\xff\xff\xff\xff\xff', 'latin1'),
  () => Buffer.from('/processnoteon\0\0,ff\0\x7f\xc0\0\0\x7f\xc0\0\0', 'latin1'),
  () => Buffer.from(`/tradefours/set/tempo\0\0\0,s\0\0${'x'.repeat(4 * random(3000))}\0\0\0\0`),
  () => Buffer.alloc(60_000, random(256)),
]
const socket = createSocket('udp4')
socket.on('error', () => {})
const begun = performance.now()
let sent = 0
const timer = setInterval(() => {
  const passed = Math.min(milliseconds, performance.now() - begun)
  for (; sent < (perSecond * passed) / 1000; sent++) {
    socket.send((kinds[random(kinds.length)] ?? (() => good))(), port, '127.0.0.1')
  }
  if (passed < milliseconds) return
  clearInterval(timer)
  socket.close()
}, 5)
