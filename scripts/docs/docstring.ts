/** A docstring's text, without its stars. */
function textOf(comment: string): string {
  return comment
    .replace(/^\s*\*+ ?/gm, '')
    .replace(/\{@link ([\w.]+)\}/g, '`$1`')
    .replace(/ (?=@(?:param|returns|throws)\b)/g, '\n')
    .trim()
}

/** What stands before the tags of a docstring, on a line. */
export function firstSentence(comment: string): string {
  const line = oneLine(textOf(comment).split(/^@|\n\s*\n/m)[0])
  return line.match(/^.*?[.?!](?= [A-Z]|$)/)?.[0] ?? line
}

/** A docstring as Markdown: its paragraphs, and a list of its tags. */
export function docOf(comment: string): string {
  const [prose = '', ...tags] = textOf(comment).split(/^@/m)
  const paragraphs = prose
    .split(/\n\s*\n/)
    .map(oneLine)
    .filter((each) => each !== '')
  const items = tags.map((tag) => {
    const [, name = '', rest = ''] = /^(\w+)\s*(.*)$/s.exec(tag) ?? []
    return `- ${tagText(name, oneLine(rest))}`
  })
  return [...paragraphs, ...(items.length > 0 ? [items.join('\n')] : [])].join('\n\n')
}

function tagText(name: string, text: string): string {
  if (name === 'param') return text.replace(/^(\S+) ?/, '`$1`: ')
  if (name === 'example') return `Example: \`${text}\``
  if (name === 'throws') return `Throws ${text.replace(/^\w+/, '`$&`')}`
  return `${name === 'returns' ? 'Returns' : name} ${text}`
}

function oneLine(text = ''): string {
  return text.replace(/\s+/g, ' ').trim()
}
