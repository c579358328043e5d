/** Nothing but the page's own files and what it makes itself is loaded. */
const directives = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  [
    "style-src 'self' 'unsafe-hashes'",
    // The style attributes that abcjs writes into a score, by their hashes: "font-size:0.7em" is the second of them.
    "'sha256-slvAeoOzvy3mPbO4szWUPitqjQh5R3Jihl2M50J2Zgk='",
    "'sha256-PLuCIS0C8UUqv6k/o8XgVI8hSWVrs1elyj/UnasL3zA='",
    "'sha256-BCpnf71gZdCsSCHDzyB1RsBbZ0qQdqseK6v+yJsgg30='",
  ].join(' '),
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
]

/** The policy as the page brings it itself, to any web host. */
export const pagePolicy = directives.join('; ')

/** The policy as the server's header, which alone can say who may frame the page. */
export const servedPolicy = [...directives, "frame-ancestors 'none'"].join('; ')
