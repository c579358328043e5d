"""`melody`: melody events on sixteenths, as Magenta's MelodyRNN (0 hold, 1 note off, 2 and up the pitches)."""

import numpy as np

from ..corpora.drumming import Metre
from ..corpora.line import Line, LineNote
from . import place
from .layout import Layout

HOLD, NOTE_OFF, FIRST_PITCH = 0, 1, 2
MIN_PITCH, MAX_PITCH = 36, 96
CLASSES = FIRST_PITCH + MAX_PITCH - MIN_PITCH + 1

MEMORY_DECAY = 0.9

LAYOUT = Layout(token=CLASSES, place=place.LAYOUT.size, memory=CLASSES - FIRST_PITCH)
AUXILIARY_INPUTS = [place.AUXILIARY_INPUT, {"type": "PitchMemory", "args": {"decay": MEMORY_DECAY}}]


def on_steps(line: Line) -> dict[int, LineNote]:
    """The notes by the step on which they begin, from 0; where two fall on one step, the first."""
    origin = round(4 * line.notes[0].beat)
    onsets: dict[int, LineNote] = {}
    for note in line.notes:
        onsets.setdefault(round(4 * note.beat) - origin, note)
    return dict(sorted(onsets.items()))


def melody_tokens(line: Line) -> tuple[np.ndarray, int]:
    """A line as tokens from its first note to its last's end, and the step of the measure on which it begins."""
    first, onsets = line.notes[0], on_steps(line)
    starts = list(onsets)
    tokens = np.zeros(starts[-1] + 2, np.int64)
    for start, following in zip(starts, [*starts[1:], len(tokens)]):
        note = onsets[start]
        tokens[start] = FIRST_PITCH + note.pitch - MIN_PITCH
        end = start + max(1, round(4 * note.beats))
        if end < following:
            tokens[end] = NOTE_OFF
    return transposed(tokens, 0), round(4 * first.place) % round(4 * first.measure)


def transposed(tokens: np.ndarray, semitones: int) -> np.ndarray:
    """Tokens in another key; pitches beyond the range come back by octaves."""
    pitches = tokens - FIRST_PITCH + MIN_PITCH + semitones
    pitches = np.where(pitches < MIN_PITCH, pitches + 12, np.where(pitches > MAX_PITCH, pitches - 12, pitches))
    return np.where(tokens >= FIRST_PITCH, pitches - MIN_PITCH + FIRST_PITCH, tokens)


def pitch_memory(tokens: np.ndarray) -> np.ndarray:
    """Before each token, a weight for each pitch: 1 for the last to begin, less by a tenth with each later note."""
    result, memory = np.zeros((len(tokens), LAYOUT.sizes["memory"]), np.float32), np.zeros(LAYOUT.sizes["memory"])
    for step, token in enumerate(tokens):
        result[step] = memory
        if token >= FIRST_PITCH:
            memory *= MEMORY_DECAY
            memory[token - FIRST_PITCH] = 1
    return result


def rows(tokens: np.ndarray, first_step: int, metre: Metre) -> np.ndarray:
    """The input row before each token: the token before it, the predicted step's place in the measure, and the pitches
    so far."""
    steps = np.arange(len(tokens))
    result = np.zeros((len(tokens), LAYOUT.size), np.float32)
    result[steps[1:], tokens[:-1]] = 1
    result[:, LAYOUT.slice("place")] = place.measure_place(metre)[(first_step + steps) % metre.steps]
    result[:, LAYOUT.slice("memory")] = pitch_memory(tokens)
    return result
