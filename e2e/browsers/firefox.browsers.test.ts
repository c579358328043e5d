import { describe } from 'vitest'
import { startFirefox } from './firefox.ts'
import { testCoreIn } from './other-browsers.ts'

describe('the stage in Firefox', () => testCoreIn(startFirefox))
