/** What draws, of a package that also sounds: its root would bring a synthesizer into the page. */
declare module 'abcjs/src/api/abc_tunebook_svg' {
  export { renderAbc as default } from 'abcjs'
}
