import type { Degree } from './chord-degrees.ts'
import { usualDegrees } from './chord-degrees.ts'

/** What the words of a chord symbol add up to; each returns false where it contradicts what came before. */
export class ChordBuilder {
  /** Nothing but the root has been read. */
  fresh = true
  /** A bracket, a comma or a stroke stands before what comes. */
  apart = false
  /** What can be read in another way, each as a sentence’s end. */
  readonly doubts: string[] = []
  #third: '3' | 'b3' | null = '3'
  #fifth: Degree = '5'
  #quality: 'major' | 'minor' | 'diminished' | 'half-diminished' | 'augmented' | 'dominant' | 'power' | null = null
  #majorSeventh = false
  #triangle = false
  #extension: 0 | 6 | 7 | 9 | 11 | 13 = 0
  #adding = false
  readonly #suspensions = new Set<Degree>()
  readonly #stacked = new Set<Degree>()
  readonly #added = new Set<Degree>()
  readonly #altered = new Set<Degree>()
  readonly #omitted = new Set<string>()

  major(triangle: boolean): boolean {
    if (
      this.#majorSeventh ||
      this.#quality === 'major' ||
      !['minor', 'diminished', 'augmented', null].includes(this.#quality)
    ) {
      return false
    }
    if (this.#extension > 6 && this.#quality !== 'diminished' && this.#quality !== 'augmented') return false
    if (this.#extension === 6) {
      this.#extension = 0
      this.#added.add('6')
    }
    if (this.#quality === 'diminished' && this.#extension === 7) this.#added.add('7')
    else {
      this.#majorSeventh = true
      this.#triangle ||= triangle || this.#quality !== null
      this.#quality ??= 'major'
    }
    return true
  }

  minor(): boolean {
    if (this.#quality !== null || this.#extension > 0) return false
    this.#quality = 'minor'
    this.#third = 'b3'
    return true
  }

  diminished(half: boolean): boolean {
    if (this.#quality !== null) return false
    this.#quality = half ? 'half-diminished' : 'diminished'
    this.#third = 'b3'
    this.#fifth = 'b5'
    return true
  }

  augmented(): boolean {
    if (this.#altered.has('#5') || this.#quality === 'diminished' || this.#quality === 'half-diminished') return false
    this.#altered.add('#5')
    if (this.#quality === null && this.#extension === 0) this.#quality = 'augmented'
    return true
  }

  dominant(): boolean {
    if (this.#quality !== null) return false
    this.#quality = 'dominant'
    return true
  }

  /** `7M`, as Brazil writes it. */
  seventhMajor(): boolean {
    if (this.#extension > 0 || this.#majorSeventh) return false
    this.#majorSeventh = true
    this.#extension = 7
    return true
  }

  suspended(degrees: readonly Degree[]): boolean {
    if (this.#quality === 'diminished' || this.#quality === 'half-diminished' || this.#suspensions.size > 0)
      return false
    for (const degree of degrees) this.#suspensions.add(degree)
    return true
  }

  alt(): boolean {
    if (this.#quality !== null && this.#quality !== 'dominant') return false
    this.#quality = 'dominant'
    this.#altered.add('#5').add('#9')
    return true
  }

  number(number: number): boolean {
    if (number === 2) return this.#second()
    if (number === 4) return this.#quality === 'minor' ? this.add('11') : this.suspended(['4'])
    if (number === 5) return this.#power()
    if (this.#extension === 0 && (number < 9 || !(this.#adding || this.apart))) {
      this.#extension = number as 6 | 7 | 9 | 11 | 13
      return true
    }
    if (number === 7) {
      if (this.#extension !== 6) return this.#quality === 'diminished' && this.#added.has('7')
      this.#extension = 7
      this.#added.add('6')
      return true
    }
    if (this.#extension === 0 && !this.#adding && !this.#triangle && this.#suspensions.size === 0) {
      this.doubts.push(`has no seventh: with one, leave out the bracket or stroke before ${number}`)
    }
    this.#adding ||= this.#extension === 0
    this.#stacked.add(`${number}`)
    return true
  }

  add(degree: Degree): boolean {
    const usual =
      ({ 2: '9', 4: '11', b2: 'b9', '#2': '#9', '#4': '#11', b10: '#9' } as Record<Degree, Degree>)[degree] ?? degree
    if (!/^(?:[b#]?9|#?11|b?13|b?6|3|5)$/.test(usual)) return false
    this.#adding = true
    this.#added.add(usual)
    return true
  }

  alter(degree: Degree): boolean {
    const usual = ({ b2: 'b9', '#2': '#9', '#4': '#11', b10: '#9' } as Record<Degree, Degree>)[degree] ?? degree
    if (usual === '#7' && !this.#majorSeventh && this.#extension === 0) {
      this.#majorSeventh = true
      this.#extension = 7
      return true
    }
    if (usual === 'b7' && this.apart && this.#extension === 0 && !this.#majorSeventh) {
      this.#extension = 7
      return true
    }
    if (usual === 'bb7' && this.#quality === 'diminished' && this.#extension === 0) {
      this.#extension = 7
      return true
    }
    if (usual === 'b3' && this.#quality === null && this.apart) return this.minor()
    if (!/^(?:[b#]5|[b#]9|#11|b13|b6)$/.test(usual)) return false
    this.#altered.add(usual)
    return true
  }

  omit(number: number): boolean {
    this.#omitted.add(`${number}`)
    return [3, 5, 7, 9, 11, 13].includes(number)
  }

  phrygian(): boolean {
    this.#extension = 7
    this.#altered.add('b9')
    return this.suspended(['4'])
  }

  quartal(): boolean {
    this.#extension = 7
    this.#altered.add('#9')
    this.#omitted.add('5')
    return this.suspended(['4'])
  }

  get hasNumber(): boolean {
    return this.#extension > 0
  }

  #second(): boolean {
    if (this.#suspensions.size === 0 && this.#extension === 0) {
      this.doubts.push('is read as add9: write sus2 if it has no third')
    }
    return this.add('9')
  }

  #power(): boolean {
    if (this.#quality !== null || this.#extension > 0) return false
    this.#quality = 'power'
    this.#third = null
    return true
  }

  /** What the symbol says in all. */
  degrees(): readonly Degree[] {
    this.#guess()
    const degrees = new Set<Degree>(['1'])
    if (this.#suspensions.size > 0) for (const degree of this.#suspensions) degrees.add(degree)
    else if (this.#third) degrees.add(this.#third)
    if (!this.#altered.has('b5') && !this.#altered.has('#5')) degrees.add(this.#fifth)
    if (this.#extension === 6) degrees.add('6')
    if (this.#extension >= 7) degrees.add(this.#seventh())
    for (const degree of this.#naturals()) degrees.add(degree)
    // Over a major third the eleventh clashes, so an eleventh chord leaves the third out.
    if (this.#extension === 11 && degrees.has('11') && degrees.has('b7')) degrees.delete('3')
    for (const degree of [...this.#added, ...this.#altered]) degrees.add(degree)
    const kept = [...degrees].filter((degree) => !this.#omitted.has(degree.replace(/^[b#]+/, '')))
    return usualDegrees(kept)
  }

  /** The ninth, eleventh and thirteenth of the figures, where none of them is altered. */
  #naturals(): Degree[] {
    const isMeant: Readonly<Record<Degree, boolean>> = {
      6: this.#stacked.has('6'),
      9: (this.#extension >= 9 || this.#stacked.has('9')) && !this.#altered.has('b9') && !this.#altered.has('#9'),
      11: (this.#extension === 11 || this.#stacked.has('11')) && !this.#altered.has('#11'),
      13: (this.#extension === 13 || this.#stacked.has('13')) && !this.#altered.has('b13'),
    }
    return Object.keys(isMeant).filter((degree) => isMeant[degree])
  }

  #seventh(): Degree {
    if (this.#majorSeventh) return '7'
    return this.#quality === 'diminished' ? 'bb7' : 'b7'
  }

  /** Adds the seventh that a symbol means without a number: CΔ, Cø, Cm(maj), Cmaj#11, Csus(b9). */
  #guess(): void {
    if (this.#extension > 0) return
    if (this.#triangle || this.#quality === 'half-diminished' || this.#quality === 'dominant') this.#extension = 7
    else if (this.#majorSeventh && this.#altered.has('#11')) {
      this.#extension = 7
      this.doubts.push('is read with a major seventh')
    } else if (this.#suspensions.has('4') && this.#altered.has('b9')) {
      this.#extension = 7
      this.doubts.push('is read with a seventh')
    }
  }
}
