/** Something by others that this project uses. */
export type Credit = {
  readonly name: string
  readonly by: string
  readonly licence: string
  readonly url: string
  /** What it is used for. */
  readonly what: string
}

/** The idea of the instrument. */
export const idea: readonly Credit[] = [
  {
    name: 'Performing Structured Improvisations with Pre-trained Deep Learning Models',
    by: 'Pablo Samuel Castro, ICCC 2019',
    licence: 'arXiv:1904.13285',
    url: 'https://arxiv.org/abs/1904.13285',
    what: 'The fixed groove, and the performer’s rhythm with a model’s pitches',
  },
]

/** The sources of the sounds; `sounds/README.md` says how they were made. */
export const sounds: readonly Credit[] = [
  {
    name: 'MuseScore_General',
    by: 'S. Christian Collins, based on Fluid (R3) Mono by Michael Cowgill and Fluid (R3) by Frank Wen',
    licence: 'MIT',
    url: './sounds/LICENSE',
    what: 'Drums, basses, pianos, guitar and vibraphone',
  },
  {
    name: 'Clicks',
    by: 'The Tradefours authors',
    licence: 'Apache-2.0',
    url: 'https://www.apache.org/licenses/LICENSE-2.0',
    what: 'Synthesised',
  },
]

/** The models' training data. The models themselves are this project's. */
export const music: readonly Credit[] = [
  {
    name: 'Weimar Jazz Database',
    by: 'The Jazzomat Research Project, Hochschule für Musik Franz Liszt Weimar',
    licence: 'ODbL',
    url: 'https://jazzomat.hfm-weimar.de/',
    what: 'Solos, for the melody, live and phrase models, by way of jazzodata (MIT, © 2022 Frieler, Pfleiderer, Zaddach, Abeßer)',
  },
  {
    name: 'OpenEWLD',
    by: 'Federico Simonetta and others',
    licence: 'public-domain scores',
    url: 'https://github.com/00sapo/OpenEWLD',
    what: 'Leads first performed by 1930, for the melody and live models',
  },
  {
    name: 'Groove MIDI Dataset',
    by: 'Google LLC; Gillick, Roberts, Engel, Eck, Bamman, ICML 2019',
    licence: 'CC BY 4.0',
    url: 'https://magenta.tensorflow.org/datasets/groove',
    what: 'Human drummers, for the drum model and its feel',
  },
  {
    name: 'Freedoom',
    by: '© the contributors to the Freedoom project',
    licence: 'BSD-3-Clause',
    url: 'https://github.com/freedoom/freedoom',
    what: 'Bass and drums together, for the drum model',
  },
]

/** The libraries of the page. */
export const libraries: readonly Credit[] = [
  {
    name: 'Preact and its signals',
    by: 'Jason Miller and others',
    licence: 'MIT',
    url: 'https://preactjs.com/',
    what: 'Everything on the screen',
  },
  {
    name: 'abcjs',
    by: 'Paul Rosen and Gregory Dyke',
    licence: 'MIT',
    url: 'https://abcjs.net/',
    what: 'The score',
  },
  {
    name: 'pitchy',
    by: 'Ian Johnson',
    licence: 'MIT',
    url: 'https://github.com/ianprime0509/pitchy',
    what: 'The pitch of a microphone’s notes',
  },
  {
    name: 'valibot',
    by: 'Fabian Hiller',
    licence: 'MIT',
    url: 'https://valibot.dev/',
    what: 'Songs and performances read safely',
  },
  {
    name: 'idb-keyval',
    by: 'Jake Archibald',
    licence: 'Apache-2.0',
    url: 'https://github.com/jakearchibald/idb-keyval',
    what: 'Performances, songs and players kept in the browser',
  },
  {
    name: 'parse-xml',
    by: 'Ryan Grove',
    licence: 'ISC',
    url: 'https://github.com/rgrove/parse-xml',
    what: 'Charts in MusicXML',
  },
  {
    name: 'osc-min',
    by: 'Russell McClellan',
    licence: 'Zlib',
    url: 'https://github.com/russellmcc/node-osc-min',
    what: 'OSC by way of the host',
  },
]

/** This project's own licence. */
export const licence: Credit = {
  name: 'Tradefours',
  by: '© 2026 The Tradefours authors',
  licence: 'Apache-2.0',
  url: 'https://www.apache.org/licenses/LICENSE-2.0',
  what: 'Code, models and this page',
}
