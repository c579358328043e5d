"""A melodic line as a performer plays it over chords: what `weimar` and `openewld` both give."""

import hashlib
import re
from dataclasses import dataclass

from ..chords import Chord


@dataclass(frozen=True)
class LineNote:
    """One note, times in seconds and beats in quarters. `place` is how far into its measure the note is notated,
    `played_place` how far in it really fell; `beat` counts from the beginning of the line. `loudness` is in dB."""

    pitch: int
    onset: float
    release: float
    bpm: float
    beat: float
    beats: float
    measure: float
    place: float
    played_place: float
    chord: Chord | None = None
    next_chord: Chord | None = None
    beats_to_next_chord: float = 0.0
    phrase_ends: bool = False
    loudness: float | None = None


# Performers whose lines are all held out, besides the tunes: what is measured of them then comes from a model that has
# never heard them (`--held-out`).
held_out_performers: set[str] = set()


@dataclass(frozen=True)
class Line:
    id: str
    title: str
    metre: str
    notes: list[LineNote]
    performer: str = ""

    @property
    def is_held_out(self) -> bool:
        return self.performer in held_out_performers or is_validation(self.title)


def is_validation(title: str) -> bool:
    """One tune in eight, chosen by its title alone, so that no tune stands on both sides, in whichever corpus."""
    name = re.sub(r"[^a-z0-9]", "", title.lower())
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % 8 == 0


def next_change(chords: list[Chord | None], index: int) -> tuple[Chord | None, int]:
    """The next chord that differs from the one at `index`, within 16 beats, and how many beats ahead it comes."""
    for ahead in range(1, min(17, len(chords) - index)):
        if chords[index + ahead] != chords[index] and chords[index + ahead] is not None:
            return chords[index + ahead], ahead
    return None, 0
