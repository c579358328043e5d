/** Asks a contender, named in this worker's address, what it is sent. */
const contender = import(`./dist/${location.search.slice(1)}.js`)

addEventListener('message', async ({ data: [method, ...args] }) => {
  try {
    postMessage({ answer: await (await contender).default[method](...args) })
  } catch (error) {
    postMessage({ error: String(error) })
  }
})
