const query = matchMedia('(prefers-reduced-motion: reduce)')

/** Whether the visitor has asked for less motion: then what would glide goes in steps, and nothing pulses. */
export function isCalm(): boolean {
  return query.matches
}
