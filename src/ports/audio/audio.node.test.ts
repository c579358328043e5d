import { describe } from 'vitest'
import { audioLaws } from '../../testing/audio-laws.ts'
import { openNodeAudio } from './node.ts'

const world = await openNodeAudio()

describe('sound by node-web-audio-api', () => audioLaws(world))
