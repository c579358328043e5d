import { describe } from 'vitest'
import { chromiumCore } from './chromium.ts'
import { testFirstVisit } from './core.ts'

describe('the stage in Chromium', () => testFirstVisit({ ...chromiumCore(), isPatient: true }))
