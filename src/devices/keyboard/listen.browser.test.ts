import { afterEach, describe, expect, it } from 'vitest'
import type { SessionInput } from '../../session/index.ts'
import { createKeyPiano } from './key-piano.ts'
import { listenToKeys } from './listen.ts'

let end = () => {}
afterEach(() => {
  end()
  document.body.replaceChildren()
})

/** A page whose keys are listened to. */
function page() {
  const heard: string[] = []
  const stamps: number[] = []
  const play = (input: SessionInput, timeStamp: number) => {
    heard.push(`${input.type} ${'pitch' in input ? input.pitch : ''}`.trim())
    stamps.push(timeStamp)
  }
  let turns = 0
  const piano = createKeyPiano()
  end = listenToKeys(piano, play, () => turns++)
  const press = (type: 'keydown' | 'keyup', init: KeyboardEventInit, on: EventTarget = document.body) => {
    const event = new KeyboardEvent(type, { bubbles: true, cancelable: true, composed: true, ...init })
    on.dispatchEvent(event)
    return event
  }
  return { heard, stamps, press, turns: () => turns }
}

const put = (html: string) => {
  document.body.innerHTML = html
  return document.body.firstElementChild as HTMLElement
}

describe('the keys of a page', () => {
  it('play, with the times that the browser gives them, and do nothing else', () => {
    const { heard, stamps, press } = page()
    const down = press('keydown', { code: 'KeyA' })
    const up = press('keyup', { code: 'KeyA' })
    expect(heard).toEqual(['noteOn 60', 'noteOff 60'])
    expect(stamps).toEqual([down.timeStamp, up.timeStamp])
    expect(down.defaultPrevented).toBe(true)
    expect(press('keydown', { code: 'Digit1' }).defaultPrevented).toBe(false)
  })

  it('don’t repeat, and tell when the octave changes', () => {
    const { heard, press, turns } = page()
    press('keydown', { code: 'KeyA' })
    expect(press('keydown', { code: 'KeyA', repeat: true }).defaultPrevented).toBe(true)
    expect(turns()).toBe(0)
    press('keydown', { code: 'Equal' })
    press('keydown', { code: 'Equal', repeat: true })
    press('keydown', { code: 'KeyS' })
    expect(turns()).toBe(1)
    expect(heard).toEqual(['noteOn 60', 'noteOn 74'])
  })

  it('leave the browser its shortcuts, and are let go when one begins', () => {
    const { heard, press } = page()
    press('keydown', { code: 'KeyA' })
    press('keydown', { code: 'MetaLeft', metaKey: true })
    expect(heard).toEqual(['noteOn 60', 'noteOff 60'])
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) {
      expect(press('keydown', { code: 'KeyS', [modifier]: true }).defaultPrevented).toBe(false)
    }
    expect(heard).toHaveLength(2)
  })

  it.each([
    '<input>',
    '<input type="number">',
    '<textarea></textarea>',
    '<select></select>',
    '<p contenteditable></p>',
  ])('don’t play the piano in %s, but still go up there', (html) => {
    const { heard, press } = page()
    const place = put(html)
    press('keydown', { code: 'KeyA' })
    expect(press('keydown', { code: 'KeyS' }, place).defaultPrevented).toBe(false)
    press('keyup', { code: 'KeyA' }, place)
    expect(heard).toEqual(['noteOn 60', 'noteOff 60'])
  })

  it.each(['<input type="range">', '<input type="checkbox">', '<button></button>'])('play on where %s is', (html) => {
    const { heard, press } = page()
    press('keydown', { code: 'KeyA' }, put(html))
    expect(heard).toEqual(['noteOn 60'])
  })

  it('go up when the page loses the keyboard, and when nobody listens any more', () => {
    const { heard, press } = page()
    press('keydown', { code: 'KeyA' })
    dispatchEvent(new Event('blur'))
    press('keydown', { code: 'KeyS' })
    end()
    press('keydown', { code: 'KeyD' })
    expect(heard).toEqual(['noteOn 60', 'noteOff 60', 'noteOn 62', 'noteOff 62'])
  })
})
