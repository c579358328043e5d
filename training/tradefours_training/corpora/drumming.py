"""Drumming on a grid of sixteenths: what `groove` and `freedoom` both give."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

CLASSES = ["kick", "snare", "closed-hat", "open-hat", "low-tom", "mid-tom", "high-tom", "crash", "ride"]
# General MIDI and the pitches that a Roland TD-11 adds, folded to the nine classes.
PITCHES = {
    0: (35, 36),
    1: (37, 38, 39, 40),
    2: (22, 42, 44),
    3: (26, 46),
    4: (41, 43, 58),
    5: (45, 47),
    6: (48, 50),
    7: (49, 52, 55, 57),
    8: (51, 53, 59),
}
CLASS_OF = {pitch: index for index, pitches in PITCHES.items() for pitch in pitches}


@dataclass(frozen=True)
class Metre:
    """A time signature. Its pulses are quarters, dotted quarters (6/8, 9/8, 12/8) or, as in 7/8, pairs of eighths with
    three at the end."""

    beats: int
    unit: int

    @property
    def steps(self) -> int:
        """Sixteenths a measure."""
        return self.beats * 16 // self.unit

    @property
    def pulse(self) -> int:
        """The steps of a pulse."""
        return 6 if self.unit == 8 and self.beats % 3 == 0 else 4

    @property
    def pulses(self) -> list[int]:
        """The steps on which the pulses begin."""
        size = self.pulse
        starts = list(range(0, self.steps, size))
        return starts[:-1] if len(starts) > 1 and self.steps - starts[-1] < size else starts

    def __str__(self) -> str:
        return f"{self.beats}/{self.unit}"


@dataclass(frozen=True)
class Hit:
    """`offset` is in steps, -0.5 to 0.5, early to late; `velocity` 0 to 1."""

    step: int
    drum: int
    velocity: float
    offset: float


@dataclass(frozen=True)
class Take:
    """Drumming in one metre and tempo (quarters a minute), from the beginning of a measure; `bass` has the steps of its
    bass onsets. Triplets are in the compound metre of as many beats: 4/4 at 120 is 12/8 with its quarters at 180."""

    id: str
    metre: Metre
    bpm: float
    validation: bool
    hits: list[Hit]
    bass: frozenset[int] = frozenset()
    style: str | None = None
    fill: bool = False

    @property
    def steps(self) -> int:
        """Its length, whole measures."""
        measures = 1 + max((hit.step for hit in self.hits), default=0) // self.metre.steps
        return measures * self.metre.steps


def on_grid(strokes: Iterable[tuple[float, int, int]]) -> list[Hit]:
    """Strokes (time in sixteenths, MIDI pitch, MIDI velocity) as hits, one a step and class: the loudest."""
    loudest: dict[tuple[int, int], Hit] = {}
    for time, pitch, velocity in strokes:
        step, drum = floor(time + 0.5), CLASS_OF.get(pitch)
        if drum is None or step < 0:
            continue
        hit = Hit(step, drum, velocity / 127, time - step)
        if (step, drum) not in loudest or loudest[step, drum].velocity < hit.velocity:
            loudest[step, drum] = hit
    return [loudest[key] for key in sorted(loudest)]
