/** Clips that are heard side by side, in any order, and the question about each. */
export type Block = { readonly id: string; readonly question: string; readonly clips: readonly string[] }

/**
 * A listening test as one page without anything from elsewhere: blocks and clips come in an order of each listener's own,
 * each clip is rated from 1 to 7, and the answers are a file that the page gives. It knows no condition.
 */
export function trialPage(trial: string, blocks: readonly Block[]): string {
  const data = JSON.stringify({ trial, blocks }).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A listening test</title>
<style>
  body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1.125rem/1.5 system-ui, sans-serif; }
  section { margin: 2rem 0; padding: 1rem; border: 1px solid #888; border-radius: 8px; }
  fieldset { display: flex; gap: 1rem; align-items: center; margin: 1rem 0; border: 0; padding: 0; }
  audio { width: 100%; }
  label { padding: 0.5rem; }
  button, input[type='text'] { min-height: 2.75rem; padding: 0 1rem; font: inherit; }
</style>
<h1>A listening test</h1>
<p>Listen to every clip to its end, with headphones if you can. Then rate it. You can change your ratings until you save them.</p>
<form>
  <label>Your name, or any other word that is yours alone: <input type="text" name="listener" required maxlength="64"></label>
  <div id="blocks"></div>
  <button>Save my answers</button>
  <p role="status"></p>
</form>
<script>
  const { trial, blocks } = ${data}
  const shuffled = (list) => {
    const left = [...list]
    return list.map(() => left.splice(Math.floor(Math.random() * left.length), 1)[0])
  }
  const add = (parent, tag, properties = {}) => parent.appendChild(Object.assign(document.createElement(tag), properties))
  const order = shuffled(blocks).map((block) => ({ ...block, clips: shuffled(block.clips) }))
  for (const [number, { question, clips }] of order.entries()) {
    const section = add(document.getElementById('blocks'), 'section')
    add(section, 'h2', { textContent: number + 1 + '. ' + question })
    for (const clip of clips) {
      add(section, 'audio', { controls: true, preload: 'none', src: clip + '.wav' })
      const scale = add(section, 'fieldset')
      add(scale, 'span', { textContent: 'not at all' })
      for (let rating = 1; rating <= 7; rating++) {
        const label = add(scale, 'label')
        add(label, 'input', { type: 'radio', name: clip, value: rating, required: true })
        label.append(' ' + rating)
      }
      add(scale, 'span', { textContent: 'very' })
    }
  }
  document.forms[0].addEventListener('submit', (event) => {
    event.preventDefault()
    const { listener, ...ratings } = Object.fromEntries(new FormData(event.target))
    for (const clip of Object.keys(ratings)) ratings[clip] = Number(ratings[clip])
    const answers = { format: 'tradefours-answers', version: 1, trial, listener, ratings }
    const href = URL.createObjectURL(new Blob([JSON.stringify(answers, null, 2)], { type: 'application/json' }))
    Object.assign(document.createElement('a'), { href, download: 'answers.json' }).click()
    document.querySelector('[role=status]').textContent = 'Thank you. Send answers.json to whoever asked you.'
  })
</script>
</html>
`
}
