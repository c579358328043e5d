/** Paths of the icons, in a square of 24. */
const icons = {
  play: 'M7 4.5v15l12-7.5z',
  stop: 'M6 6h12v12H6z',
  plus: 'M12 5v14M5 12h14',
  clear: 'M6 6l12 12M18 6 6 18',
  undo: 'M9 7 4.5 11.5 9 16M5 11.5h9a5 5 0 0 1 0 10h-3',
  redo: 'M15 7l4.5 4.5L15 16M19 11.5h-9a5 5 0 0 0 0 10h3',
  left: 'M14.5 5 8 12l6.5 7',
  right: 'M9.5 5 16 12l-6.5 7',
  learn: 'M12 3v5M12 16v5M3 12h5M16 12h5M12 10.5v3M10.5 12h3',
  view: 'M3.5 5h17v11h-17zM8.5 20h7M12 16v4',
  score: 'M9 17.5V5l10-2v12.5M9 17.5a3 2.5 0 1 1-6 0 3 2.5 0 1 1 6 0zM19 15.5a3 2.5 0 1 1-6 0 3 2.5 0 1 1 6 0z',
  songs: 'M4 6h16M4 12h16M4 18h10',
  settings: 'M6 4v5M6 15v5M12 4v9M12 19v1M18 4v2M18 12v8M3.5 12h5M9.5 16h5M15.5 9h5',
  player: 'M12 4a4 4 0 1 1 0 8 4 4 0 1 1 0-8zM4.5 20.5c.5-4 3.5-6 7.5-6s7 2 7.5 6',
  files: 'M12 3.5v11M7 10l5 5 5-5M4 17v3.5h16V17',
  help: 'M8.5 8.5a3.5 3.5 0 1 1 5 3.2c-1 .6-1.5 1.2-1.5 2.8M12 18.5v.5',
} as const

export type IconName = keyof typeof icons

/** An icon without a name: the button around it has one. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path class={name === 'play' || name === 'stop' ? 'solid' : ''} d={icons[name]} />
    </svg>
  )
}
