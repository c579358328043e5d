/** The arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** A mean that grows. */
export class Mean {
  #sum = 0
  #count = 0

  add(value: number | boolean): void {
    this.#sum += Number(value)
    this.#count++
  }

  get value(): number {
    return this.#sum / this.#count
  }
}
