/** `node scripts/make-docs.js`: writes the pages of docs/ that follow from the code. */
import { install, run } from './build.js'

install()
run('npx', ['vitest', 'run', '--project', 'node', 'test/reference.test.ts', '--update'])
