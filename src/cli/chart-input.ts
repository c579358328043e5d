import { existsSync } from 'node:fs'
import { type Charts, maxChartBytes, readCharts } from '../io/charts/index.ts'
import { readFileStart } from '../io/read-file-start.ts'
import { ContentError, parseChord } from '../music/index.ts'
import { fileError } from './files.ts'
import { InputError } from './input-error.ts'

/**
 * The charts that an argument names: a file, a link, or the chart itself.
 *
 * @throws InputError with a sentence that names the file, or the chart, and what to do.
 */
export async function chartInput(input: string): Promise<Charts> {
  const isLink = /irealb(ook)?:\/\//i.test(input)
  const isFile = !isLink && input.trim() !== '' && (existsSync(input) || !looksLikeChart(input))
  const content = isFile ? await bytesOf(input) : input
  try {
    return await readCharts(content, isFile ? input : '')
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    throw new InputError(`${isFile ? input : isLink ? 'The link' : 'The chart'} ${error.message}`)
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  return await readFileStart(path, maxChartBytes + 1).catch((error) => {
    throw fileError(error, path, 'read')
  })
}

/** A chart on the command line has bar lines, or several lines, or chords. */
function looksLikeChart(text: string): boolean {
  return (
    /[|\n]/.test(text) ||
    text
      .trim()
      .split(/\s+/)
      .every((word) => /^(%|N\.?C\.?)$/i.test(word) || parseChord(word) !== null)
  )
}
