import { describe } from 'vitest'
import { chromiumCore } from './chromium.ts'
import { testFirstJam } from './first-jam.ts'

describe('the stage in Chromium', () => testFirstJam(chromiumCore()))
