const query = matchMedia('(prefers-reduced-motion: reduce)')

/** Whether the visitor prefers reduced motion. Then things move in steps, and nothing pulses. */
export function prefersReducedMotion(): boolean {
  return query.matches
}
