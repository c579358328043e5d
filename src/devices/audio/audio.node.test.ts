import { describe } from 'vitest'
import { audioLaws } from '../../../test/audio-laws.ts'
import { openNodeAudio } from './node.ts'

const world = await openNodeAudio()

describe('sound by node-web-audio-api', () => audioLaws(world))
