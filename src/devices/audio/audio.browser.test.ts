import { describe } from 'vitest'
import { audioLaws } from '../../../test/laws/audio.ts'

describe('sound in a browser', () =>
  audioLaws({
    createContext: (channels, frames, sampleRate) => new OfflineAudioContext(channels, frames, sampleRate),
    read: async (file) => (await fetch(`/sounds/${file}`)).arrayBuffer(),
  }))
