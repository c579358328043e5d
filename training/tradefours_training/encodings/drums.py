"""`drums`: one of 512 sets of hits a sixteenth, as Magenta's DrumsRNN, with inputs of our own beside it."""

import numpy as np

from ..corpora.drumming import CLASSES, Metre
from . import place
from .layout import Layout

TOKENS = 512
STEPS_BEFORE = (1, 2, 4, 8)
MEASURES_BEFORE = (1, 2)
PRIMER_AHEAD = 3
DRUMS = len(CLASSES)

LAYOUT = Layout(
    token=TOKENS,
    place=place.LAYOUT.size,
    before=DRUMS * (len(STEPS_BEFORE) + len(MEASURES_BEFORE)),
    primer=DRUMS * (1 + PRIMER_AHEAD),
)
AUXILIARY_INPUTS = [
    place.AUXILIARY_INPUT,
    {"type": "HitsBefore", "args": {"steps": list(STEPS_BEFORE), "measures": list(MEASURES_BEFORE)}},
    {"type": "PrimerHits", "args": {"ahead": PRIMER_AHEAD}},
]


def bits(tokens: np.ndarray) -> np.ndarray:
    """Tokens as rows of nine zeros and ones."""
    return ((tokens[..., None] >> np.arange(DRUMS)) & 1).astype(np.float32)


def fixed_groove(onsets: np.ndarray, metre: Metre) -> np.ndarray:
    """The fixed groove under a bassline, as tokens: `onsets` says of each step whether a bass note begins there. Kick
    on the first step of each measure, snare on each bass onset, closed hat on each eighth of the measure."""
    step = np.arange(len(onsets)) % metre.steps
    return (step == 0) * 1 + onsets.astype(np.int64) * 2 + (step % 2 == 0) * 4


def rows(tokens: np.ndarray, metre: Metre, primer: int = 0) -> np.ndarray:
    """The input row before each token. The first `primer` tokens are a fixed groove to be answered: each later step
    also sees the primer's hits at its own place of the loop and at the next few."""
    count, steps = len(tokens), np.arange(len(tokens))
    result = np.zeros((count, LAYOUT.size), np.float32)
    result[steps[1:], tokens[:-1]] = 1
    result[:, LAYOUT.slice("place")] = place.measure_place(metre)[steps % metre.steps]
    hits = bits(tokens)
    for index, lag in enumerate([*STEPS_BEFORE, *(metre.steps * measures for measures in MEASURES_BEFORE)]):
        start = LAYOUT.start["before"] + DRUMS * index
        result[lag:, start : start + DRUMS] = hits[: max(0, count - lag)]
    if primer:
        for ahead in range(PRIMER_AHEAD + 1):
            start = LAYOUT.start["primer"] + DRUMS * ahead
            result[primer:, start : start + DRUMS] = hits[(steps[primer:] + ahead) % primer]
    return result
