import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { maxChartBytes, type SongsIn, songsIn } from '../../io/charts/index.ts'
import { readFileStart } from '../../io/read-file-start.ts'
import { ContentError } from '../../music/index.ts'
import { type Song, titleHas } from '../../session/index.ts'
import { fileError } from '../files.ts'
import { InputError } from '../input-error.ts'

/** The most songs of a set list, and the most files of a book that are looked at. */
const [maxSongs, maxBookFiles] = [64, 2000]

/**
 * The songs to begin with: of files, which are songs, set lists or charts of other programs, or of the book by their titles.
 * What of a file can't be read is said, and the rest is read.
 *
 * @param wanted paths, or words of titles.
 * @param book the folder in which songs are looked for by title.
 * @throws InputError where there is no such file and no such title, or nothing in a file can be read.
 */
export async function songsFor(wanted: readonly string[], book: string): Promise<Song[]> {
  const songs: Song[] = []
  let known: readonly Song[] | null = null
  for (const each of wanted) {
    const isFile = await stat(each).then(
      (found) => !found.isDirectory(),
      () => false,
    )
    if (isFile) songs.push(...(await songsOf(each)))
    else {
      known ??= await songsInBook(book)
      const found = known.filter(({ title }) => titleHas(title, each))
      if (found.length === 0) {
        throw new InputError(
          `${each} is neither a file nor the title of a song in ${book}: put it there, or name a file.`,
        )
      }
      songs.push(...found)
    }
  }
  if (songs.length > maxSongs) process.stderr.write(`A set list has ${maxSongs} songs at most: the rest is left out.\n`)
  return songs.slice(0, maxSongs)
}

/** @throws InputError with a sentence that names the file. */
async function songsOf(path: string): Promise<readonly Song[]> {
  const { songs, notices } = await read(path)
  for (const notice of notices) process.stderr.write(`${path}: ${notice}\n`)
  return songs
}

async function read(path: string): Promise<SongsIn> {
  const bytes = await readFileStart(path, maxChartBytes + 1).catch((error) => {
    throw fileError(error, path, 'read')
  })
  try {
    return await songsIn(bytes, path)
  } catch (error) {
    if (error instanceof ContentError) throw new InputError(`${path} ${error.message}`)
    throw error
  }
}

/** All songs of a folder; files that can't be read are named, and left out. */
async function songsInBook(folder: string): Promise<readonly Song[]> {
  const files = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = files.filter((file) => file.isFile() && !file.name.startsWith('.')).map(({ name }) => name)
  const songs: Song[] = []
  for (const name of names.sort().slice(0, maxBookFiles)) {
    try {
      songs.push(...(await read(join(folder, name))).songs)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      process.stderr.write(`${basename(name)} is left out: ${error.message}\n`)
    }
  }
  return songs
}
