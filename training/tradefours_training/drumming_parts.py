"""Takes as arrays, and what their drummers were at: how busy, where in the phrase, in a fill or not."""

from collections.abc import Iterable

import numpy as np

from .corpora.drumming import Metre, Take
from .encodings.drums import PHRASE

# Intensity is that of so many measures.
STRETCH = 4
# With fewer stretches of a style there is nothing to rank among: those of all styles count.
FEWEST_STRETCHES = 20
TOMS = 0b1110000
FILL_TOMS = 3


def to_tokens(take: Take) -> np.ndarray:
    tokens = np.zeros(take.steps, np.int64)
    for hit in take.hits:
        tokens[hit.step] |= 1 << hit.drum
    return tokens


class Part:
    """A take as tokens, with the steps on which its bass begins a note (the kick's, where there is no bass)."""

    def __init__(self, take: Take):
        self.id, self.metre, self.bpm, self.style, self.fill = take.id, take.metre, take.bpm, take.style, take.fill
        self.tokens = to_tokens(take)
        bass = np.isin(np.arange(take.steps), list(take.bass)).astype(np.int64)
        self.onsets = bass if take.bass else self.tokens & 1
        measures = len(self.tokens) // self.metre.steps
        self.fills = np.repeat(fills(self.tokens, self.metre) | self.fill, self.metre.steps).astype(np.int64)
        self.phrase = np.repeat((-1 - np.arange(measures)) % PHRASE, self.metre.steps)
        self.hits_a_pulse = stretch_means(self.metre, np.bitwise_count(self.tokens).astype(float) * self.metre.pulse)
        loudness = np.zeros(take.steps)
        struck = np.zeros(take.steps)
        for hit in take.hits:
            loudness[hit.step] += hit.velocity
            struck[hit.step] += 1
        self.loudness = stretch_means(self.metre, loudness) / np.maximum(stretch_means(self.metre, struck), 1e-9)


def fills(tokens: np.ndarray, metre: Metre) -> np.ndarray:
    """Of each measure, whether it has far more strokes on toms than the others."""
    toms = np.bitwise_count(tokens & TOMS).reshape(-1, metre.steps).sum(axis=1)
    return toms >= FILL_TOMS + 2 * toms.mean()


def stretch_means(metre: Metre, values: np.ndarray) -> np.ndarray:
    """For each step the mean over the stretch of measures that it is in."""
    size = STRETCH * metre.steps
    return np.concatenate(
        [np.full(len(part), part.mean()) for part in (values[at : at + size] for at in range(0, len(values), size))]
    )


class Ranking:
    """Ranks a stretch, from 0 to 1, among those of its style and its kind of metre in training."""

    def __init__(self, parts: Iterable[Part], field: str):
        self.field = field
        self.seen: dict[tuple[str | None, int], list[float]] = {}
        for part in parts:
            stretches = getattr(part, field)[:: STRETCH * part.metre.steps].tolist()
            for style in {part.style, None}:
                self.seen.setdefault((style, part.metre.pulse), []).extend(stretches)
        self.seen = {key: sorted(values) for key, values in self.seen.items()}

    def __call__(self, part: Part) -> np.ndarray:
        own = self.seen.get((part.style, part.metre.pulse), [])
        values = own if len(own) >= FEWEST_STRETCHES else self.seen.get((None, part.metre.pulse), own)
        return np.searchsorted(values, getattr(part, self.field), side="right") / max(1, len(values))
