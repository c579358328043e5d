"""`feel`: how hard and how far off the grid each hit of a groove is played, from the hits alone."""

import numpy as np

from ..corpora.drumming import CLASSES, Metre
from . import place
from .drums import bits
from .layout import Layout

DRUMS = len(CLASSES)
REACH = 8
OUTPUTS = Layout(velocity=DRUMS, velocity_spread=DRUMS, offset=DRUMS, offset_spread=DRUMS)
LAYOUT = Layout(around=DRUMS * (2 * REACH + 1), measures=2 * DRUMS, place=place.LAYOUT.size, tempo=1)


def rows(tokens: np.ndarray, metre: Metre, bpm: float) -> np.ndarray:
    """A row a step: the hits from `REACH` steps before to `REACH` after it, those a measure before and a measure after,
    the place in the measure, and the tempo. Beyond the groove's ends there are no hits."""
    count, margin = len(tokens), max(REACH, metre.steps)
    hits = np.pad(bits(tokens), ((margin, margin), (0, 0)))
    neighbours = [*range(-REACH, REACH + 1), -metre.steps, metre.steps]
    around = [hits[margin + steps : margin + steps + count] for steps in neighbours]
    places = place.measure_place(metre)[np.arange(count) % metre.steps]
    tempo = np.full((count, 1), np.log2(bpm / 120), np.float32)
    return np.concatenate([*around, places, tempo], axis=1)
