import { render } from 'preact'
import { App } from './app.tsx'
import { cacheForOffline } from './devices/offline.ts'
import { openStage } from './open-stage.ts'

const stage = openStage()

// In a task of its own: what begins in two tasks stalls a browser less than in one.
setTimeout(() => {
  const place = document.getElementById('stage')
  if (place) render(<App stage={stage} />, place)
  void cacheForOffline()
  // For tests, and for the user's own scripts.
  Object.assign(globalThis, { tradefours: stage })
})
