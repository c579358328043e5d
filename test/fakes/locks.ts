type Granted = { readonly name: string }

/** As much of the browser's locks (Web Locks) as the page uses, for tabs that share them. */
export function createFakeLocks() {
  const held = new Set<string>()
  return {
    async request(name: string, _: { ifAvailable: true }, use: (lock: Granted | null) => unknown): Promise<unknown> {
      await Promise.resolve()
      if (held.has(name)) return use(null)
      held.add(name)
      try {
        return await use({ name })
      } finally {
        held.delete(name)
      }
    },
    query: async () => ({ held: [...held].map((name) => ({ name })) }),
  }
}
