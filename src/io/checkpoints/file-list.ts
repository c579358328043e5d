import type { CheckpointFiles } from '../../models/index.ts'

/** The files that a file picker or a drop gave; others than the checkpoint's are passed over. */
export function fileListFiles(
  files: readonly File[],
  name = files[0]?.webkitRelativePath.split('/')[0] || 'The choice',
): CheckpointFiles {
  return {
    name,
    async read(wanted, limit) {
      const file = files.find((each) => each.name === wanted)
      return file ? new Uint8Array(await file.slice(0, limit).arrayBuffer()) : null
    },
  }
}
