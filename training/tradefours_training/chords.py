"""Chord symbols as pitch classes."""

import re
from dataclasses import dataclass

LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
ALTERATIONS = {"": 0, "b": -1, "#": 1}
SYMBOL = re.compile(r"([A-G])([b#]?)([^/]*)(?:/([A-G])([b#]?))?$")
# The triads of the Weimar Jazz Database's notation, tried in this order, and its added notes.
TRIADS = [
    ("m7b5", (0, 3, 6, 10)),
    ("o7", (0, 3, 6, 9)),
    ("o", (0, 3, 6)),
    ("-", (0, 3, 7)),
    ("+", (0, 4, 8)),
    ("sus", (0, 5, 7)),
    ("", (0, 4, 7)),
]
ADDED = {
    "j7": (11,),
    "7": (10,),
    "6": (9,),
    "9": (2,),
    "9b": (1,),
    "9#": (3,),
    "11": (5,),
    "11#": (6,),
    "13": (9,),
    "13b": (8,),
    "alt": (1, 3, 8, 10),
}
ADDED_TOKEN = re.compile(r"alt|j7|7|6|(?:9|11|13)[b#]?")
# The kinds of MusicXML (https://www.w3.org/2021/06/musicxml40/musicxml-reference/data-types/kind-value/).
KINDS = {
    "major": (0, 4, 7),
    "minor": (0, 3, 7),
    "augmented": (0, 4, 8),
    "diminished": (0, 3, 6),
    "dominant": (0, 4, 7, 10),
    "major-seventh": (0, 4, 7, 11),
    "minor-seventh": (0, 3, 7, 10),
    "diminished-seventh": (0, 3, 6, 9),
    "augmented-seventh": (0, 4, 8, 10),
    "half-diminished": (0, 3, 6, 10),
    "major-minor": (0, 3, 7, 11),
    "major-sixth": (0, 4, 7, 9),
    "minor-sixth": (0, 3, 7, 9),
    "dominant-ninth": (0, 4, 7, 10, 2),
    "major-ninth": (0, 4, 7, 11, 2),
    "minor-ninth": (0, 3, 7, 10, 2),
    "dominant-11th": (0, 4, 7, 10, 2, 5),
    "minor-11th": (0, 3, 7, 10, 2, 5),
    "dominant-13th": (0, 4, 7, 10, 2, 9),
    "suspended-second": (0, 2, 7),
    "suspended-fourth": (0, 5, 7),
    "power": (0, 7),
}


@dataclass(frozen=True)
class Chord:
    """A chord: root, sounding pitch classes and bass, each 0 (C) to 11 (B)."""

    root: int
    pitch_classes: tuple[int, ...]
    bass: int

    @staticmethod
    def of(root: int, intervals: tuple[int, ...], bass: int | None = None) -> "Chord":
        return Chord(
            root % 12, tuple(sorted({(root + i) % 12 for i in intervals})), (root if bass is None else bass) % 12
        )


def pitch_class(letter: str, alteration: str) -> int:
    return (LETTERS[letter] + ALTERATIONS[alteration]) % 12


def weimar_chord(symbol: str) -> Chord | None:
    """The chord of a Weimar symbol such as `Bb-7`, `G79b/B` or `Fsus7913`; None for `NC`."""
    match = SYMBOL.match(symbol)
    if not match:
        return None
    letter, alteration, quality, bass_letter, bass_alteration = match.groups()
    prefix, triad = next((prefix, notes) for prefix, notes in TRIADS if quality.startswith(prefix))
    added = [note for token in ADDED_TOKEN.findall(quality[len(prefix) :]) for note in ADDED[token]]
    bass = pitch_class(bass_letter, bass_alteration) if bass_letter else None
    return Chord.of(pitch_class(letter, alteration), (*triad, *added), bass)
