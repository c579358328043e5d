"""Music made up for the worked examples: nothing of the corpora is copied into the project."""

import numpy as np

from .chords import Chord, weimar_chord
from .corpora.drumming import Metre
from .corpora.line import Line, LineNote

BPM = 132.0
CHORDS = ("D-7", "G79b", "Cj7", "F6/C")
INTERVALS = (2, 1, 2, -3, -4, 7, -2, 0, 12, -1, -1, -5, 3, -26, 14, 4)
BEATS = (0.5, 0.5, 1.0, 0.25, 0.25, 1 / 3, 1 / 3, 1 / 3, 2.5, 0.75, 0.25, 1.5)
SOUNDING = (1.0, 0.9, 0.4)


def invented_line(notes: int, chords: bool) -> Line:
    """A line with leaps, triplets, rests and held notes, two beats to a chord; it begins on the second beat."""
    result, pitch, beat, second = [], 60, 1.0, 60 / BPM
    for number in range(notes):
        beats = BEATS[number % len(BEATS)]
        chord, next_chord = (_chord(beat, ahead) if chords else None for ahead in (0, 1))
        result.append(
            LineNote(
                pitch=pitch,
                onset=beat * second,
                release=(beat + beats * SOUNDING[number % len(SOUNDING)]) * second,
                bpm=BPM,
                beat=beat,
                beats=beats * SOUNDING[number % len(SOUNDING)],
                measure=4.0,
                place=beat % 4,
                played_place=(beat + 0.03) % 4,
                chord=chord,
                next_chord=next_chord,
                beats_to_next_chord=2 - beat % 2 if chords else 0.0,
            )
        )
        pitch += INTERVALS[number % len(INTERVALS)]
        beat += beats
    return Line("invented", "Invented", "4/4", result)


def _chord(beat: float, ahead: int) -> Chord | None:
    return weimar_chord(CHORDS[(int(beat // 2) + ahead) % len(CHORDS)])


def invented_groove(metre: Metre, measures: int) -> np.ndarray:
    """Drum tokens: kicks and snares on the pulses, hats on eighths, ghosts, and a fill with a crash at the end."""
    tokens = np.zeros(metre.steps * measures, np.int64)
    for step in range(len(tokens)):
        place = step % metre.steps
        if place in metre.pulses:
            tokens[step] |= 1 << (metre.pulses.index(place) % 2)
        if place % 2 == 0:
            tokens[step] |= 1 << (3 if place == metre.steps - 2 else 2)
        if step % 7 == 3:
            tokens[step] |= 2
    tokens[-4:] = [1 << 6, 1 << 5, 1 << 4, 1 << 4 | 1 << 7]
    return tokens
