/**
 * Caches the whole page in the browser, so that after one visit it plays without a network.
 *
 * A new version is fetched beside the one that plays, and comes with the next visit: nothing interrupts a performance.
 */

/** As much of a service worker as is used here. */
type Waiting = Event & { waitUntil(done: Promise<unknown>): void }
type Fetching = Event & { readonly request: Request; respondWith(answer: Promise<Response>): void }
type Scope = EventTarget & {
  readonly clients: { claim(): Promise<void> }
  readonly registration: { readonly scope: string }
}

/** Every file of this version, filled in by the build. */
declare const stageFiles: readonly string[]
/** The name of this version, filled in by the build. */
declare const stageVersion: string

const scope = self as unknown as Scope
/** Other pages of this origin have caches too, and may be other Tradefours. */
const family = `tradefours ${scope.registration.scope} `
const cacheName = family + stageVersion

scope.addEventListener('install', (event) => {
  const fresh = stageFiles.map((file) => new Request(new URL(file, scope.registration.scope), { cache: 'reload' }))
  ;(event as Waiting).waitUntil(caches.open(cacheName).then((cache) => cache.addAll(fresh)))
})

scope.addEventListener('activate', (event) => {
  const forget = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(family) && name !== cacheName) await caches.delete(name)
    }
    await scope.clients.claim()
  }
  ;(event as Waiting).waitUntil(forget())
})

scope.addEventListener('fetch', (event) => {
  const { request, respondWith } = event as Fetching
  if (request.method !== 'GET' || !request.url.startsWith(scope.registration.scope)) return
  const isPage = request.mode === 'navigate'
  const cached = caches.match(isPage ? scope.registration.scope : request, { cacheName, ignoreSearch: true })
  respondWith.call(
    event,
    cached.then((found) => found ?? fetch(request)),
  )
})
