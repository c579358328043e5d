"""`drums`: one of 512 sets of hits a step, as Magenta's DrumsRNN, with further inputs of our own."""

from dataclasses import dataclass

import numpy as np

from ..corpora.drumming import CLASSES, Metre
from ..corpora.styles import STYLES
from . import place
from .layout import Layout

TOKENS = 512
STEPS_BEFORE = (2, 3, 4, 6, 8, 12)
# The same place in earlier measures and the places around it: measures before, and steps from there.
MEASURES_BEFORE = ((1, -1), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (4, 0))
BASS_BEFORE, BASS_AHEAD = 4, 8
PHRASE = 8
DRUMS = len(CLASSES)

LAYOUT = Layout(
    token=TOKENS,
    before=DRUMS * len(STEPS_BEFORE),
    measures=DRUMS * len(MEASURES_BEFORE),
    place=place.LAYOUT.size,
    bass=1,
    onsets=BASS_BEFORE + 1 + BASS_AHEAD,
    style=len(STYLES),
    tempo=1,
    intensity=2,
    phrase=PHRASE,
    fill=2,
)
AUXILIARY_INPUTS = [
    place.AUXILIARY_INPUT,
    {"type": "HitsBefore", "args": {"steps": list(STEPS_BEFORE), "measures": [list(each) for each in MEASURES_BEFORE]}},
    {"type": "BassOnsets", "args": {"before": BASS_BEFORE, "ahead": BASS_AHEAD}},
    {"type": "Drummer", "args": {"styles": list(STYLES), "phrase": PHRASE}},
]


@dataclass(frozen=True)
class Asked:
    """What a drummer is asked for; what is left out, nobody says. The arrays have an entry for each step.

    `onsets` says where a bass note begins, `intensity` is from 0 to 1 (below 0: nobody says), `phrase` counts the
    measures that come after this one in its phrase (-1), and `fill` is 1 in a fill and 0 elsewhere (-1)."""

    bpm: float
    style: str | None = None
    onsets: np.ndarray | None = None
    intensity: np.ndarray | None = None
    phrase: np.ndarray | None = None
    fill: np.ndarray | None = None


def bits(tokens: np.ndarray) -> np.ndarray:
    """Tokens as rows of nine zeros and ones."""
    return ((tokens[..., None] >> np.arange(DRUMS)) & 1).astype(np.float32)


def pulses_a_minute(metre: Metre, bpm: float) -> float:
    return 4 * bpm / metre.pulse


def asked_inputs(metre: Metre, asked: Asked, count: int) -> dict[str, np.ndarray]:
    """The fields `style`, `tempo` and `intensity`, which `feel` has, too."""
    style = np.zeros((count, len(STYLES)), np.float32)
    if asked.style:
        style[:, STYLES.index(asked.style)] = 1
    intensity = np.zeros((count, 2), np.float32)
    if asked.intensity is not None:
        said = asked.intensity >= 0
        intensity[said, 0] = 1
        intensity[said, 1] = 2 * asked.intensity[said] - 1
    tempo = np.full((count, 1), np.log2(pulses_a_minute(metre, asked.bpm) / 120), np.float32)
    return {"style": style, "tempo": tempo, "intensity": intensity}


def rows(tokens: np.ndarray, metre: Metre, asked: Asked) -> np.ndarray:
    """The input row before each token; the first token begins a measure."""
    count, steps = len(tokens), np.arange(len(tokens))
    result = np.zeros((count, LAYOUT.size), np.float32)
    result[steps[1:], tokens[:-1]] = 1
    hits = bits(tokens)

    def past(field: str, lags: list[int]) -> None:
        for index, lag in enumerate(lags):
            if lag >= 1:
                start = LAYOUT.start[field] + DRUMS * index
                result[lag:, start : start + DRUMS] = hits[: max(0, count - lag)]

    past("before", list(STEPS_BEFORE))
    past("measures", [metre.steps * measures - ahead for measures, ahead in MEASURES_BEFORE])
    result[:, LAYOUT.slice("place")] = place.measure_place(metre)[steps % metre.steps]
    if asked.onsets is not None:
        result[:, LAYOUT.start["bass"]] = 1
        # The bass comes round again, as a loop does.
        around = np.concatenate([np.zeros(BASS_BEFORE), asked.onsets, np.resize(asked.onsets, BASS_AHEAD)])
        for index in range(LAYOUT.sizes["onsets"]):
            result[:, LAYOUT.start["onsets"] + index] = around[index : index + count]
    for field, values in asked_inputs(metre, asked, count).items():
        result[:, LAYOUT.slice(field)] = values
    for field, values in (("phrase", asked.phrase), ("fill", asked.fill)):
        if values is not None:
            said = np.flatnonzero(values >= 0)
            result[said, LAYOUT.start[field] + values[said]] = 1
    return result
