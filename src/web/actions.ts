import { actions, isAction, isSetting, settings } from '../session/index.ts'

/** The entry of an action or a setting in the session's lists; undefined where it has none. */
function listed(id: string): { readonly label: string; readonly key?: string } | undefined {
  if (!isAction(id)) return undefined
  return isSetting(id) ? settings[id] : actions[id]
}

/** The name of an action or a setting. */
export function actionLabel(id: string): string {
  return listed(id)?.label ?? id
}

/** The computer key of an action or a setting, as in `KeyboardEvent.code`; null if it has none. */
export function actionKey(id: string): string | null {
  return listed(id)?.key ?? null
}
