import { type ActionId, actions, dials, isSetting } from '../session/index.ts'

/** An action's entry in the session's lists. */
function listed(id: ActionId): { readonly label: string; readonly key?: string } {
  return isSetting(id) ? dials[id] : actions[id]
}

/** An action's name. */
export function actionLabel(id: ActionId): string {
  return listed(id).label
}

/** The computer key of an action, as in `KeyboardEvent.code`; null if it has none. */
export function actionKey(id: ActionId): string | null {
  return listed(id).key ?? null
}
