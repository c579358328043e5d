"""`MeasurePlace`: where in its measure the predicted step stands."""

import numpy as np

from ..corpora.drumming import Metre
from .layout import Layout

LAYOUT = Layout(since_start=32, to_end=32, since_pulse=6)
AUXILIARY_INPUT = {
    "type": "MeasurePlace",
    "args": {"steps": LAYOUT.sizes["since_start"], "pulseSteps": LAYOUT.sizes["since_pulse"]},
}


def measure_place(metre: Metre) -> np.ndarray:
    """A row for each step of the measure: the steps since its start, the steps to its last, the steps since the last
    pulse, each one-hot and no further than its field reaches. Start and end together tell the measure's length, the
    pulse tells 6/8 from 3/4."""
    rows = np.zeros((metre.steps, LAYOUT.size), np.float32)
    for step, row in enumerate(rows):
        pulse = max(start for start in metre.pulses if start <= step)
        for field, count in (("since_start", step), ("to_end", metre.steps - 1 - step), ("since_pulse", step - pulse)):
            row[LAYOUT.start[field] + min(count, LAYOUT.sizes[field] - 1)] = 1
    return rows
