import { describe } from 'vitest'
import { chromiumCore } from './chromium.ts'
import { testCore } from './core.ts'

describe('the stage in Chromium', () => testCore(chromiumCore()))
