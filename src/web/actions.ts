import { type ActionId, dials, isDial, triggers } from '../session/index.ts'

/** What the session's lists say of an action. */
function listed(id: ActionId): { readonly label: string; readonly key?: string } {
  return isDial(id) ? dials[id] : triggers[id]
}

/** What an action is called, wherever it is offered. */
export function actionLabel(id: ActionId): string {
  return listed(id).label
}

/** The key of the computer that does an action, as `KeyboardEvent.code` names it; null where none does. */
export function actionKey(id: ActionId): string | null {
  return listed(id).key ?? null
}
