import { contender } from '../contender.js'
import { magentaOn } from './magenta.js'

export default contender(magentaOn('cpu'))
