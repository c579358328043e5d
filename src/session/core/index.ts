/**
 * `session/core/`: what a session is made of: features and their transactions, events and effects, what happens by
 * itself, the look-ahead, questions to models and their answers. It knows no feature.
 */
export * from './automatic.ts'
export * from './command.ts'
export * from './core-feature.ts'
export * from './due-note.ts'
export * from './effect.ts'
export * from './expression.ts'
export * from './feature.ts'
export * from './feature-set.ts'
export * from './jobs.ts'
export * from './look-ahead.ts'
export * from './notices.ts'
export * from './schemas.ts'
export * from './settings.ts'
export * from './state.ts'
export * from './step.ts'
export * from './transaction.ts'
