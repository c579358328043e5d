import { type SessionState, whatComes } from '../../session/index.ts'

/** What the parts of a performance are called. */
const parts: Readonly<Record<string, string>> = {
  'count-in': 'Count-in',
  head: 'Head',
  solos: 'Solos',
  'head-out': 'Head out',
  tag: 'Tag',
  ending: 'Ending',
}

/** Where the form is and what comes next, such as `Solos, chorus 3, A: 2 bars → B`; null where nobody can say. */
export function formLine(state: SessionState, beat: number): string | null {
  const now = whatComes(state, beat)
  if (!now) return null
  const { part, chorus, section, left, next } = now
  const where = [parts[part], `chorus ${chorus}`, section].filter(Boolean).join(', ')
  return next === null ? where : `${where}: ${left} ${left === 1 ? 'bar' : 'bars'} → ${parts[next] ?? next}`
}
