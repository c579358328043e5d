import { describe } from 'vitest'
import { audioLaws } from '../../../test/laws/audio.ts'
import { openNodeAudio } from './node.ts'

const world = await openNodeAudio()

describe('sound by node-web-audio-api', () => audioLaws(world))
