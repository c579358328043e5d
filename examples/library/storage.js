// A performance is stored while it is played, and read again after a crash.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSession, step } from 'tradefours/session'
import { createAutosave, folderStore, recover } from 'tradefours/storage'

const folder = mkdtempSync(join(tmpdir(), 'performances-'))
const store = folderStore(folder)
const autosave = createAutosave(store, 'tonight', 1)

const play = /** @type {const} */ ({ type: 'run', action: 'play', at: 0 })
autosave.append(play, step(startSession(1), play).state)
await autosave.flush()

const found = await recover(store, 'tonight')
console.log(JSON.stringify(found))
rmSync(folder, { recursive: true })
// {"seed":1,"events":[{"at":0,"type":"run","action":"play"}]}
