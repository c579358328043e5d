import { signal } from '@preact/signals'

/** Whether a newer version has been fetched, which comes with the next visit. */
export const hasUpdate = signal(false)

/** Lets the browser keep the page, and says when it has a newer one. In a browser that can't, it does nothing. */
export async function cacheForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    const registration = await navigator.serviceWorker.register('./service-worker.js')
    const look = () => {
      hasUpdate.value = registration.waiting !== null && navigator.serviceWorker.controller !== null
    }
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
    look()
  } catch (error) {
    reportError(error)
  }
}
