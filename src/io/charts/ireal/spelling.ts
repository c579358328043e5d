/** A chord and the bass behind its slash. */
export function splitBass(text: string): [string, string?] {
  const slash = text.lastIndexOf('/')
  return slash > 0 ? [text.slice(0, slash), text.slice(slash + 1)] : [text]
}

/** iReal's signs in the spelling that is common to all: `C^7` is `Cmaj7`, `C-7` is `Cm7`, `Ch` is `Cm7b5`. */
export function spelled(symbol: string): string {
  const [, letter = '', rest = ''] = /^([A-G][b#♭♯]?)(.*)$/.exec(symbol) ?? []
  const plain = rest.replaceAll('*', '').replaceAll('Δ', '^')
  const spelling = qualities.reduce((text, [sign, name]) => text.replace(sign, name), plain)
  return letter + spelling
}

const qualities: readonly (readonly [RegExp, string])[] = [
  [/^-\^7?/, 'mMaj7'],
  [/^mMaj7(9|11|13)/, 'mMaj$1'],
  [/^\^(?=\d)/, 'maj'],
  [/^\^/, 'maj7'],
  [/^-/, 'm'],
  [/^[hø]7?/, 'm7b5'],
  [/^m7b5(9|11)/, 'm$1b5'],
  [/^o\^7?/, 'dimMaj7'],
  [/^o/, 'dim'],
]
