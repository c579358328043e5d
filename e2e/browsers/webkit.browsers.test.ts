import { describe } from 'vitest'
import { testCoreIn } from './other-browsers.ts'
import { startWebKit } from './webkit.ts'

describe('the stage in WebKit', () => testCoreIn(startWebKit))
