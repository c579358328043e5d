import { render } from 'preact'
import { App } from './app.tsx'
import { keepOffline } from './devices/offline.ts'
import { openStage } from './open-stage.ts'

const stage = openStage()
const place = document.getElementById('stage')
if (place) render(<App stage={stage} />, place)
void keepOffline()

// For tests, for scripts of the performer's own, and for the curious.
Object.assign(globalThis, { tradefours: stage })
