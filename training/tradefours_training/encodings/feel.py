"""`feel`: how hard each hit of a groove is played, and how far off the grid the hits of a step are, from the hits and
from what the drummer is asked for."""

import numpy as np

from ..corpora.drumming import CLASSES, Metre
from ..corpora.styles import STYLES
from . import place
from .drums import Asked, asked_inputs, bits
from .layout import Layout

DRUMS = len(CLASSES)
REACH = 8
# The strokes of one moment are bound together: they share an offset.
OUTPUTS = Layout(velocity=DRUMS, velocity_spread=DRUMS, offset=1, offset_spread=1)
LAYOUT = Layout(
    around=DRUMS * (2 * REACH + 1),
    measures=2 * DRUMS,
    place=place.LAYOUT.size,
    style=len(STYLES),
    tempo=1,
    intensity=2,
)


def rows(tokens: np.ndarray, metre: Metre, asked: Asked) -> np.ndarray:
    """A row a step: the hits from `REACH` steps before to `REACH` after it, those a measure before and a measure after,
    the place in the measure, and what the drummer is asked for. Beyond the groove's ends there are no hits."""
    count, margin = len(tokens), max(REACH, metre.steps)
    hits = np.pad(bits(tokens), ((margin, margin), (0, 0)))
    neighbours = [*range(-REACH, REACH + 1), -metre.steps, metre.steps]
    around = [hits[margin + steps : margin + steps + count] for steps in neighbours]
    places = place.measure_place(metre)[np.arange(count) % metre.steps]
    said = asked_inputs(metre, asked, count)
    return np.concatenate([*around, places, *(said[field] for field in ("style", "tempo", "intensity"))], axis=1)
