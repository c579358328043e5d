import { chordPro } from './chordpro/index.ts'
import type { ChartFormat } from './format.ts'
import { ireal } from './ireal/index.ts'
import { musicXml } from './musicxml/index.ts'
import { plainText } from './text/index.ts'

/** Every format of charts that is read; the first that recognises a source reads it. */
export const chartFormats: readonly ChartFormat[] = [ireal, musicXml, chordPro, plainText]
