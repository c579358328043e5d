import { type Credit, idea, libraries, licence, music, sounds } from './credits-list.ts'
import { Block } from './fields.tsx'
import './credits.css'
import { text } from './text.ts'

/** The credits: the idea, sounds, music and code of others. */
export function Credits() {
  return (
    <>
      <CreditBlock title={text.credits.idea} credits={idea} />
      <CreditBlock title={text.credits.sounds} credits={sounds} />
      <CreditBlock title={text.credits.models} credits={music} />
      <CreditBlock title={text.credits.libraries} credits={libraries} />
      <CreditBlock title={text.credits.licence} credits={[licence]} />
    </>
  )
}

function CreditBlock({ title, credits }: { readonly title: string; readonly credits: readonly Credit[] }) {
  return (
    <Block title={title}>
      <ul class="credits">
        {credits.map(({ name, by, licence, url, what }) => (
          <li key={name}>
            <a href={url} target="_blank" rel="noreferrer">
              {name}
            </a>
            <span class="tag">{licence}</span>
            <span>{by}</span>
            <span class="quiet">{what}</span>
          </li>
        ))}
      </ul>
    </Block>
  )
}
