import { tableText } from '../report/report.ts'
import { fitWeights } from './fit.ts'
import { freeSection } from './section.ts'

const o = { data: '/work/shared/data', seed: Number(process.env.SEED ?? 1), quick: !!process.env.QUICK }
if (process.argv[2] === 'fit') console.log(fitWeights(o))
if (process.argv[2] === 'section') {
  const s = await freeSection(o)
  console.log(s.tables.map(tableText).join('\n'))
  console.log(s.targets)
}
