"""`melody`: what a melody does next on a grid of sixteenths, everything relative to the last pitch: 0 hold, 1 note off,
2 and up a note by its interval."""

from dataclasses import dataclass

import numpy as np

from ..chords import Chord
from ..corpora.drumming import Metre
from ..corpora.line import Line, LineNote
from . import place
from .layout import Layout
from .solo import CHORD_AHEAD_BEATS, MEMORY_DECAY, interval_class
from .solo import CLASSES as INTERVALS

HOLD, NOTE_OFF, FIRST_INTERVAL = 0, 1, 2
CLASSES = FIRST_INTERVAL + INTERVALS
# As events, before they are relative to anything: a pitch, or one of these.
HELD, ENDED = -2, -1

REACH = 12
NEAR = 2 * REACH + 1
LAGS = 4
HEARD_NOTES = 24
RHYTHM_STEPS = 16
STEPS_AHEAD = 64

LAYOUT = Layout(
    lag1=NEAR,
    lag2=NEAR,
    lag3=NEAR,
    lag4=NEAR,
    memory=NEAR,
    key=12,
    home=12,
    register=1,
    since=RHYTHM_STEPS,
    previous=RHYTHM_STEPS,
    sounding=1,
    rest=1,
    place=place.LAYOUT.size,
    chord=1,
    root=12,
    tones=12,
    next_chord=1,
    next_root=12,
    next_tones=12,
    ahead=len(CHORD_AHEAD_BEATS),
)
AUXILIARY_INPUTS = [
    place.AUXILIARY_INPUT,
    {"type": "PitchMemory", "args": {"decay": MEMORY_DECAY, "notes": HEARD_NOTES}},
    {"type": "Chords", "args": {"aheadBeats": list(CHORD_AHEAD_BEATS)}},
]
CHORDS = slice(LAYOUT.start["chord"], LAYOUT.size)
# What a note changes, for all steps until the next one.
HEARD = slice(0, LAYOUT.start["since"])
MAJOR = (0, 2, 4, 5, 7, 9, 11)


@dataclass(frozen=True)
class Melody:
    """A melody on the grid: its events, the step of the measure on which they begin, the metre, and the chord at each
    step."""

    events: np.ndarray
    first_step: int
    metre: Metre
    chords: list[Chord | None]


def on_steps(line: Line) -> dict[int, LineNote]:
    """The notes by the step on which they begin, from 0; where two fall on one step, the first."""
    origin = round(4 * line.notes[0].beat)
    onsets: dict[int, LineNote] = {}
    for note in line.notes:
        onsets.setdefault(round(4 * note.beat) - origin, note)
    return dict(sorted(onsets.items()))


def melody_of(line: Line, metre: Metre) -> Melody:
    """A line on the grid, from its first note to its last's end."""
    first, onsets = line.notes[0], on_steps(line)
    starts = list(onsets)
    events = np.full(starts[-1] + 2, HELD, np.int64)
    chords: list[Chord | None] = [None] * len(events)
    for start, following in zip(starts, [*starts[1:], len(events)]):
        note = onsets[start]
        events[start] = note.pitch
        end = start + max(1, round(4 * note.beats))
        if end < following:
            events[end] = ENDED
        change = start + max(1, round(4 * note.beats_to_next_chord)) if note.next_chord else len(events)
        for step in range(start, following):
            chords[step] = note.chord if step < change else note.next_chord
    return Melody(events, round(4 * first.place) % metre.steps, metre, chords)


def labels(events: np.ndarray) -> np.ndarray:
    """The class of each event; the first pitch, which is relative to nothing, has none (-1)."""
    result, last = np.where(events == ENDED, NOTE_OFF, HOLD), None
    for step in np.flatnonzero(events >= 0):
        pitch = int(events[step])
        result[step] = -1 if last is None else FIRST_INTERVAL + interval_class(pitch - last)
        last = pitch
    return result


def relative(interval: int) -> int:
    """The place of an interval in a field of `NEAR`: leaps beyond an octave count as an octave."""
    return max(-REACH, min(REACH, interval)) + REACH


def heard(pitches: list[int]) -> np.ndarray:
    """The fields that the last `HEARD_NOTES` pitches fill, the last one at the end."""
    row = np.zeros(HEARD.stop, np.float32)
    pitches = pitches[-HEARD_NOTES:]
    last = pitches[-1]
    for lag, pitch in enumerate(pitches[-2 : -2 - LAGS : -1], 1):
        row[LAYOUT.start[f"lag{lag}"] + relative(last - pitch)] = 1
    counts = np.zeros(12, np.int64)
    for age, pitch in reversed(list(enumerate(reversed(pitches)))):
        counts[(pitch - last) % 12] += 1
        if abs(pitch - last) <= REACH:
            row[LAYOUT.start["memory"] + relative(pitch - last)] = MEMORY_DECAY**age
    row[LAYOUT.slice("key")] = counts / len(pitches)
    fits = [sum(counts[(tonic + degree) % 12] for degree in MAJOR) for tonic in range(12)]
    row[LAYOUT.slice("home")] = np.array(fits) == max(fits)
    row[LAYOUT.start["register"]] = (last - sum(pitches) / len(pitches)) / 12
    return row


def following_chords(chords: list[Chord | None]) -> list[tuple[Chord | None, int]]:
    """For each step the next chord that is another, and how many steps ahead it comes, at most `STEPS_AHEAD`."""
    result: list[tuple[Chord | None, int]] = [(None, 0)] * len(chords)
    change: int | None = None
    for step in range(len(chords) - 2, -1, -1):
        if chords[step + 1] is not None and chords[step + 1] != chords[step]:
            change = step + 1
        while change is not None and chords[change] == chords[step]:
            change = next((at for at in range(change + 1, len(chords)) if chords[at] not in (None, chords[step])), None)
        if change is not None and change - step <= STEPS_AHEAD:
            result[step] = (chords[change], change - step)
    return result


def add_chords(row: np.ndarray, last: int, chord: Chord | None, next_chord: Chord | None, ahead: int) -> None:
    for prefix, each in (("", chord), ("next_", next_chord)):
        if each:
            row[LAYOUT.start[f"{prefix}chord"]] = 1
            row[LAYOUT.start[f"{prefix}root"] + (each.root - last) % 12] = 1
            for tone in each.pitch_classes:
                row[LAYOUT.start[f"{prefix}tones"] + (tone - last) % 12] = 1
    if next_chord:
        for index, beats in enumerate(CHORD_AHEAD_BEATS):
            row[LAYOUT.start["ahead"] + index] = ahead <= 4 * beats


class MelodyEncoder:
    """Call `row` for the input row before a step, then `happened` with the step's event. Before the first pitch there
    is only a place."""

    def __init__(self, first_step: int, metre: Metre, chords: list[Chord | None]):
        self.first_step, self.metre, self.chords = first_step, metre, chords
        self.places, self.next_chords = place.measure_place(metre), following_chords(chords)
        self.step, self.pitches = 0, []
        self.heard = np.zeros(HEARD.stop, np.float32)
        self.onset = self.previous = self.ended = None

    def row(self) -> np.ndarray:
        row = np.zeros(LAYOUT.size, np.float32)
        row[LAYOUT.slice("place")] = self.places[(self.first_step + self.step) % self.metre.steps]
        if self.onset is None:
            return row
        row[HEARD] = self.heard
        row[LAYOUT.start["since"] + min(self.step - self.onset, RHYTHM_STEPS) - 1] = 1
        if self.previous is not None:
            row[LAYOUT.start["previous"] + min(self.onset - self.previous, RHYTHM_STEPS) - 1] = 1
        if self.ended is None:
            row[LAYOUT.start["sounding"]] = 1
        else:
            row[LAYOUT.start["rest"]] = min(self.step - self.ended, RHYTHM_STEPS) / RHYTHM_STEPS
        if self.step < len(self.chords):
            add_chords(row, self.pitches[-1], self.chords[self.step], *self.next_chords[self.step])
        return row

    def happened(self, event: int) -> None:
        if event >= 0:
            self.pitches = [*self.pitches[1 - HEARD_NOTES :], event]
            self.heard = heard(self.pitches)
            self.onset, self.previous, self.ended = self.step, self.onset, None
        elif event == ENDED:
            self.ended = self.step
        self.step += 1


def rows(melody: Melody) -> np.ndarray:
    """The input row before each event."""
    encoder, result = MelodyEncoder(melody.first_step, melody.metre, melody.chords), []
    for event in melody.events:
        result.append(encoder.row())
        encoder.happened(int(event))
    return np.stack(result)
