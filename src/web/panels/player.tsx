import { useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Player as Known, notesOf, phraseSurprises, portraitOf, portraitWords } from '../../improv/index.ts'
import type { LeadNote } from '../../session/index.ts'
import type { Stage } from '../stage.ts'
import { Block, FilePick, Press, SelectField, Switch, TextField } from './fields.tsx'
import type { PanelProps } from './panel.ts'
import {
  DegreePicture,
  EveningPicture,
  IntervalPicture,
  PocketPicture,
  RangePicture,
  RhythmPicture,
} from './player/pictures.tsx'
import './player/player.css'
import { Tabs } from './tabs.tsx'
import { text } from './text.ts'

/** How often what is known is looked at anew while the panel is open. */
const refreshMs = 5000

/** What is known of whoever plays, in words and pictures; and what becomes of it. */
export function Player({ stage }: PanelProps) {
  const { player } = stage
  const trouble = useSignal<string | null>(null)
  const seen = useSignal(look(stage))
  const changes = player.changes.value
  useEffect(() => {
    seen.value = look(stage)
    const timer = setInterval(() => {
      seen.value = look(stage)
    }, refreshMs)
    return () => clearInterval(timer)
  }, [stage, changes])
  const report = (done: Promise<string | null>) =>
    void done.then((said) => {
      trouble.value = said
    })
  const { known, lead } = seen.value
  return (
    <>
      {(trouble.value ?? player.trouble.value) !== null && <p role="alert">{trouble.value ?? player.trouble.value}</p>}
      <Who stage={stage} report={report} />
      {known ? (
        <Tabs
          name={text.player.tabs.words}
          tabs={[
            { name: text.player.tabs.words, content: () => <Words known={known} /> },
            { name: text.player.tabs.pictures, content: () => <Pictures known={known} lead={lead} /> },
            { name: text.player.tabs.files, content: () => <Keeping stage={stage} report={report} /> },
          ]}
        />
      ) : (
        <p class="quiet">{text.player.loading}</p>
      )}
    </>
  )
}

type Seen = { readonly known: Known | null; readonly lead: readonly LeadNote[] }

function look({ player }: Stage): Seen {
  return { known: player.player(), lead: [...player.lead()] }
}

type PartProps = { readonly stage: Stage; readonly report: (done: Promise<string | null>) => void }

/** Whose memory it is. */
function Who({ stage, report }: PartProps) {
  const { player, session } = stage
  const typed = useSignal('')
  const guest = useComputed(() => session.value.settings.guest)
  return (
    <Block title={text.player.who}>
      <div class="who">
        <SelectField
          name={text.player.performer}
          value={player.name.value}
          options={player.names.value.map((name) => [name, name])}
          onChoose={(name) => report(player.choose(name))}
        />
        <TextField
          name={text.player.newName}
          placeholder={text.player.newNameHint}
          value={typed.value}
          onInput={(value) => {
            typed.value = value.slice(0, 60)
          }}
        />
        <Press
          disabled={typed.value.trim() === ''}
          onPress={() => {
            report(player.choose(typed.value.trim()))
            typed.value = ''
          }}
        >
          {text.player.begin}
        </Press>
        <Switch
          name={text.player.guest}
          hint={text.player.guestHint}
          on={guest.value}
          onSwitch={(on) => stage.set('guest', on)}
        />
      </div>
    </Block>
  )
}

/** What is known, in sentences. */
function Words({ known }: { readonly known: Known }) {
  return (
    <ul class="says">
      {portraitWords(portraitOf(known)).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

/** What is known, drawn. */
function Pictures({ known, lead }: { readonly known: Known; readonly lead: readonly LeadNote[] }) {
  const portrait = portraitOf(known)
  const notes = notesOf(known)
  if (notes.length === 0) return <p class="quiet">{text.player.noEvening}</p>
  return (
    <div class="pictures">
      <EveningPicture phrases={phraseSurprises(before(known, lead), lead)} />
      <RangePicture pitches={notes.map(({ pitch }) => pitch)} />
      <IntervalPicture intervals={portrait.intervals} />
      <RhythmPicture rhythms={portrait.rhythms} />
      <DegreePicture degrees={portrait.degrees} />
      <PocketPicture notes={notes} />
    </div>
  )
}

/** What was known before this evening; on a first one, what is known by now. */
function before(known: Known, lead: readonly LeadNote[]) {
  const earlier = lead.length === 0 ? known.evenings : known.evenings.slice(0, -1)
  const notes = notesOf({ ...known, evenings: earlier })
  return notes.length > 0 ? notes : notesOf(known)
}

/** Files and forgetting. */
function Keeping({ stage: { player }, report }: PartProps) {
  return (
    <>
      <p class="quiet">{text.player.kept}</p>
      <div class="buttons">
        <FilePick
          accept=".mid,.midi,.tradefours,.json"
          multiple
          onPick={(...files) => report(player.learn(...files).then((said) => said ?? text.player.learnt))}
        >
          {text.player.learn}
        </FilePick>
        <Press onPress={() => report(player.save())}>{text.player.save}</Press>
        <Forget name={text.player.forgetEvening} onForget={() => report(player.forgetEvening())} />
        <Forget name={text.player.forgetPlayer} onForget={() => report(player.forgetPlayer())} />
      </div>
    </>
  )
}

/** A button that asks before it forgets. */
function Forget({ name, onForget }: { readonly name: string; readonly onForget: () => void }) {
  const asked = useSignal(false)
  return (
    <Press
      class={asked.value ? 'danger' : ''}
      label={asked.value ? `${name}: ${text.player.forGood}` : name}
      onPress={() => {
        if (asked.value) onForget()
        asked.value = !asked.value
      }}
    >
      {asked.value ? text.player.forGood : name}
    </Press>
  )
}
