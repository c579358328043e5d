/** The scenarios of a part of `docs/scenarios.md`, by their numbers: each plays one and expects what must be heard. */
export type Scenarios = Readonly<Record<string, () => void | Promise<void>>>
