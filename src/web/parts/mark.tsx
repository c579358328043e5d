/** Who plays, shown everywhere by colour and by shape. */
export type Who = 'human' | 'machine' | 'waiting' | 'guess'

/** The sign for who plays: a circle for a human, a diamond for the machine. */
export function Mark({ who, hollow = false }: { readonly who: Who; readonly hollow?: boolean }) {
  return (
    <svg class={hollow ? 'mark hollow' : 'mark'} data-who={who} viewBox="-12 -12 24 24" aria-hidden="true">
      {who === 'human' && <circle r="9" />}
      {who === 'machine' && <path d="M0-11 11 0 0 11-11 0Z" />}
      {who === 'waiting' && [-7, 0, 7].map((x) => <circle key={x} cx={x} r="2.6" />)}
      {who === 'guess' && <path d="M-9-9H9V9H-9Z" />}
    </svg>
  )
}
