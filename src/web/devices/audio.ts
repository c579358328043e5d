/** What makes the sound. It has a file of its own, since the page is seen and asked to sound before it is needed. */
export { askLatency, createAudioOutput, loadBank } from '../../devices/audio/index.ts'
