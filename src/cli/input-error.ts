/** Something is wrong with what the user handed in; the message is the one sentence that says it. */
export class InputError extends Error {
  override name = 'InputError'
}
