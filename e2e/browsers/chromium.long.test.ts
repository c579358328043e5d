import { describe } from 'vitest'
import { chromiumCore } from './chromium.ts'
import { testDocs } from './docs.ts'

describe('the stage in Chromium', () => testDocs(chromiumCore()))
