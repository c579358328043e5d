"""How a drummer divides the beat: into four, or into triplets and their halves, which may swing less or more."""

import numpy as np

STRAIGHT, TRIPLETS = 4, 6
# The second eighth of a beat, played on the last triplet, comes here; 2/3 is the triplet itself.
SWINGS = tuple(round(0.56 + 0.02 * index, 2) for index in range(9))


def unswung(beats: np.ndarray, swing: float) -> np.ndarray:
    """Beats with the place `swing` of each beat moved to its last triplet, in straight lines on both sides."""
    whole = np.floor(beats)
    place = beats - whole
    late = 2 / 3 + (place - swing) / (3 * (1 - swing))
    return whole + np.where(place < swing, place * 2 / (3 * swing), late)


def distance(beats: np.ndarray, steps: int) -> float:
    """The mean distance from a grid, in its steps: what comes at random has 0.25 on any grid."""
    return float(np.abs(beats * steps - np.round(beats * steps)).mean())


def subdivision(beats: np.ndarray) -> tuple[int, float]:
    """The steps a beat that strokes fit, and the swing, 1/2 on straight steps: triplets, with their halves, if the
    strokes are nearer to thirds of the beat than to quarters, each measured in its own steps."""
    if distance(beats, 3) >= distance(beats, STRAIGHT):
        return STRAIGHT, 0.5
    return TRIPLETS, min((distance(unswung(beats, swing), 3), swing) for swing in SWINGS)[1]
