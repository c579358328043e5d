import { comparableName } from './read-name.ts'

/** Stems of “bass” where a longer word may hold them: Kontrabass, contrebasse, contrabajo, Bassgitarre, ベース. */
const bassStems = [
  ...['bass', 'basse', 'contrabajo', 'contrabbasso', 'contrabaixo', 'kontrabas', 'contrabas', 'basgit', 'bassgit'],
  ...[
    'baskytara',
    'basova kytara',
    'basszus',
    'bogo',
    'бас',
    'контрабас',
    'μπασο',
    'ベース',
    'ベイス',
    'バス',
    '贝斯',
    '貝斯',
    '贝司',
    '貝司',
  ],
  ...['低音', '베이스'],
].map(comparableName)

/** Words for “bass” that count only whole: in a longer word they are chance. */
const bassWords = ['bas', 'bs', 'cb', 'bss', 'bajo', 'basso', 'baixo', 'basa', 'basi', 'basu', 'bais', 'bass'].map(
  comparableName,
)

/** What has “bass” in its name and plays no bassline. */
const noBass =
  /bass\s*(\+|&|-|and)?\s*lead|bass\s*-?(drum|clar|klar|trom|pos|flut|flot|record|sax|trump|voice|voc|viol)|bassoon|\bbasson|bassett?h|basset|basstrommel|ambass|(drum|kick)\s*-?bass/

/** Drums in several languages, and the drums of a kit. */
const drumNames = [
  ...['drum', 'percus', 'perkus', 'schlagzeug', 'schlagwerk', 'slagwerk', 'trommel', 'trummor', 'batteri', 'bateria'],
  ...[
    'rummut',
    'bici',
    'ударн',
    'барабан',
    'κρουστα',
    'ドラム',
    'パーカッション',
    '打楽器',
    '鼓',
    '드럼',
    'bongo',
    'conga',
  ],
  ...['hi-hat', 'hihat', 'snare', 'cymbal', 'tambourin', 'shaker', 'cowbell'],
].map(comparableName)

const noDrums = /steel\s*drum|drum\s*(and|&|n)\s*bass|bass\s*and/

/** Other instruments and roles, which a bass is not named for. */
const others =
  /guit|gitar|piano|klavier|organ|orgel|string|streich|violin|viola|cello|flut|flot|lead|melod|vocal|voice|choir|chor|brass|trump|sax|pad|harp|arp|bell|synth ?str/

/** The hand or the staff that plays a keyboard's low notes. */
const leftHand =
  /\bl\.?h\b|(left|linke)\s*-?hand|main gauche|mano (sinistra|izquierda|esquerda)|piano\b.*\b(left|low?|lower)\b/

/** Whether a part's name says that it is a keyboard's left hand. */
export function namesLeftHand(name: string): boolean {
  return leftHand.test(comparableName(name))
}

/** Whether a part's name says that it is a voice of a choir above the bass. */
export function namesUpperVoice(name: string): boolean {
  return /\b(soprano|sopran|alto?|contralto|tenore?)\b/.test(comparableName(name)) && !/sax|tromb/i.test(name)
}

/** Whether a part's name says that it is a bass. */
export function namesBass(name: string): boolean {
  const text = comparableName(name)
  if (noBass.test(text)) return false
  return (
    bassStems.some((stem) => text.includes(stem)) || text.split(/[^\p{L}]+/u).some((word) => bassWords.includes(word))
  )
}

/** Whether a part's name says that it is drums. */
export function namesDrums(name: string): boolean {
  const text = comparableName(name)
  if (noDrums.test(text)) return false
  const isKit = /\bkit\b|\bkick\b|\bdrm\b|\bdr\b|\bperc\b/.test(text)
  return isKit || /bass\s*-?drum/.test(text) || drumNames.some((stem) => text.includes(stem))
}

/** Whether a part's name says that it is a melody. */
export function namesMelody(name: string): boolean {
  return !namesBass(name) && /melod|vocal|\bvox\b|\bvoice|\bcanto\b|\blead voc/.test(comparableName(name))
}

/** Whether a part's name says that it is something else than a bass. */
export function namesOther(name: string): boolean {
  return !namesBass(name) && others.test(comparableName(name))
}
