import type { Jump } from '../../music/index.ts'

/** What words over a measure say about the order of playing. */
export type Said =
  | { readonly jump: Jump['to']; readonly until: Jump['until'] | null }
  | { readonly mark: 'fine' | 'toCoda' | 'coda' | 'segno' }
  | { readonly times: number }

/**
 * Understands words such as `D.C. al Coda`, `Dal Segno al Fine`, `D.S. al 2nd End.`, `To Coda`, `Fine`, `3x`.
 *
 * @returns null for any other words.
 */
export function understood(words: string): Said | null {
  const text = words.replace(/\s+/g, ' ').trim().slice(0, 200)
  const times = /^\(?(?:x ?(\d{1,2})|(\d{1,2}) ?(?:x|xs|times))\)?$/i.exec(text)
  if (times) return { times: Number(times[1] ?? times[2]) }
  const jump = /(?:^|[^\p{L}])(d\.? ?c\.?|da capo|d\.? ?s\.?|dal segno)(?![\p{L}])(.*)$/iu.exec(text)
  if (jump) {
    const rest = jump[2] ?? ''
    const ending = /\b(?:al )?(\d)(?:st|nd|rd|th)?\b/i.exec(rest)
    const until = /\bcoda\b|𝄌/iu.test(rest) ? 'coda' : /\bfine\b/i.test(rest) ? 'fine' : null
    const isSegno = /s/i.test(jump[1]?.replace(/^da capo/i, '') ?? '')
    return { jump: isSegno ? 'segno' : 'start', until: until ?? (ending ? Number(ending[1]) : null) }
  }
  if (/^\W*(?:to|al|alla|a la) ?(?:the )?(?:coda|𝄌)\W*$/iu.test(text)) return { mark: 'toCoda' }
  if (/^\W*fine\W*$/i.test(text)) return { mark: 'fine' }
  if (/^(?:\W*coda\W*|𝄌)$/iu.test(text)) return { mark: 'coda' }
  if (/^(?:\W*segno\W*|𝄋|%S%)$/iu.test(text)) return { mark: 'segno' }
  return null
}
