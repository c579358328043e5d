import { describe, expect, it } from 'vitest'
import { namesBass, namesDrums } from './instrument-names.ts'

describe('names', () => {
  it.each([
    ...['Cb.', 'Basgitaar', 'Basová kytara'],
    ...['Bass', 'E-Bass', 'Kontrabass', 'Kontrabaß', 'Basse', 'Contrebasse', 'Bajo eléctrico', 'Contrabajo', 'Basso'],
    ...['Contrabbasso', 'Baixo', 'Bas', 'Kontrabas', 'Basszusgitár', 'Baskytara', 'Бас-гитара', 'Контрабас', 'Μπάσο'],
    ...[
      'ベース',
      'ﾍﾞｰｽ',
      'エレキベース',
      'コントラバス',
      '贝斯',
      '電貝斯',
      '베이스',
      'BassHard2',
      'Fretless Bs.',
      'bais',
      'Synth Bass 1',
    ],
  ])('%s is a bass', (name) => {
    expect([namesBass(name), namesDrums(name)]).toEqual([true, false])
  })

  it.each(['Bassoon', 'Basson', 'Basset Horn', 'Bass Clarinet', 'Bass Trombone', 'Brass', 'Basic #2', 'Lead', ''])(
    '“%s” is not a bass',
    (name) => {
      expect([namesBass(name), namesDrums(name)]).toEqual([false, false])
    },
  )

  it.each([
    ...[
      'Drums',
      'Bass Drum',
      'Kick',
      'Drum Kit 2',
      'Schlagzeug',
      'Batterie',
      'Batería',
      'Batteria',
      'Slagwerk',
      'Perkusja',
    ],
    ...['Ударные', 'Барабаны', 'ドラムス', '鼓', '드럼', 'drm', 'Tambourine', 'Percussion'],
  ])('%s are drums', (name) => {
    expect([namesBass(name), namesDrums(name)]).toEqual([false, true])
  })
})
