"""`phrase`: when the note after this one comes, whether the phrase ends with this one, and how the note before this one
is played: how long and how loud."""

from dataclasses import dataclass
from math import log2

from .layout import Layout
from .solo import clamp, half_up

# Distances between onsets are in twelfths of a beat; longer ones count as eight beats.
LONGEST_DISTANCE = 96
DISTANCES = LONGEST_DISTANCE + 1
LAGS = (96, 36, 24)
# Lengths are in quarter powers of two of a beat, from a sixteenth of a beat to eight beats.
SHORTEST, LONGEST = -16, 12
LENGTHS = LONGEST - SHORTEST + 1
LARGEST_INTERVAL = 12
CHORD_AHEAD_BEATS = (0.5, 1, 2, 4, 8)
LEFT_NEAR, LEFT_FAR = 24, 30
PACE_DECAY, REST_DECAY, REGISTER_DECAY = 0.9, 0.7, 0.95

# The first `DISTANCES` tokens are distances within a phrase, the others those from the last note of one.
OUTPUTS = Layout(distance=2 * DISTANCES, length=LENGTHS, loudness=1, loudness_spread=1)
LAYOUT = Layout(
    lag1=LAGS[0] + 1,
    lag2=LAGS[1] + 1,
    lag3=LAGS[2] + 1,
    length1=LENGTHS,
    length2=1,
    loudness=3,
    interval=2 * LARGEST_INTERVAL + 1,
    height=1,
    phase=12,
    beat=8,
    to_end=8,
    measure=1,
    tempo=1,
    phrase_begins=1,
    phrase_beats=1,
    phrase_notes=1,
    chord=1,
    ahead=len(CHORD_AHEAD_BEATS),
    left=1,
    left_near=LEFT_NEAR + 1,
    left_far=LEFT_FAR,
    pace=1,
    legato=1,
    rest=1,
)
# What the training now and then takes away together.
GROUPS = {
    "chords": slice(LAYOUT.start["chord"], LAYOUT.start["left"]),
    "left": slice(LAYOUT.start["left"], LAYOUT.start["pace"]),
}


@dataclass(frozen=True)
class Onset:
    """What is known when a note begins, times in twelfths of a beat: `place` since the beginning of a measure of
    `measure`, `left` until the last note of the phrase begins, None where that isn't planned."""

    time: int
    bpm: float
    place: int
    measure: int
    begins: bool
    chord: bool = False
    beats_to_next_chord: float = 0.0
    left: int | None = None


def length_class(beats: float) -> int:
    return int(clamp(half_up(4 * log2(max(beats, 1e-3))), SHORTEST, LONGEST)) - SHORTEST


class PhraseEncoder:
    """Call `row` when a note begins, `touched` with how the note before it was played, and `sounded` with its pitch."""

    def __init__(self) -> None:
        self.last: Onset | None = None
        self.distances: list[int] = []
        self.lengths: list[float] = []
        self.loudness: list[float] = []
        self.pitches: list[int] = []
        self.register = 0.0
        self.phrase_start = 0
        self.phrase_notes = 0
        self.pace: float | None = None
        self.legato: float | None = None
        self.rest: float | None = None

    def row(self, onset: Onset) -> dict[int, float]:
        """The input row for this onset, as index → value."""
        row: dict[int, float] = {}
        start = LAYOUT.start
        distance = onset.time - self.last.time if self.last else None
        distances = self.distances if distance is None else [distance, *self.distances]
        for lag, (longest, before) in enumerate(zip(LAGS, distances), 1):
            row[start[f"lag{lag}"] + min(longest, before)] = 1.0
        if self.lengths:
            row[start["length1"] + length_class(self.lengths[0])] = 1.0
        if len(self.lengths) > 1:
            row[start["length2"]] = (length_class(self.lengths[1]) + SHORTEST) / 8
        for lag, loudness in enumerate(self.loudness):
            row[start["loudness"] + lag] = loudness
        self._pitches(row)
        self._place(row, onset)
        self._phrase(row, onset)
        self._habits(row, onset, distance)
        return row

    def touched(self, beats: float, loudness: float) -> None:
        """Remembers how the last note was played: for how many beats, and how loud."""
        self.lengths = [beats, *self.lengths[:1]]
        self.loudness = [clamp(loudness, -3, 3), *self.loudness[:2]]

    def sounded(self, onset: Onset, pitch: int) -> None:
        """Remembers a note that begins, with its pitch; call `touched` for the note before it first."""
        if self.last:
            distance = onset.time - self.last.time
            beats = max(1, min(LONGEST_DISTANCE, distance)) / 12
            self._remember(onset, beats)
            self.distances = [distance, *self.distances[:1]]
        if onset.begins or self.last is None:
            self.phrase_start, self.phrase_notes = onset.time, 0
        self.phrase_notes += 1
        self.register = pitch if not self.pitches else self.register + (1 - REGISTER_DECAY) * (pitch - self.register)
        self.pitches = [pitch, *self.pitches[:1]]
        self.last = onset

    def _remember(self, onset: Onset, beats: float) -> None:
        if onset.begins:
            self.rest = faded(self.rest, log2(1 + beats), REST_DECAY)
        else:
            self.pace = faded(self.pace, log2(beats), PACE_DECAY)
            self.legato = faded(self.legato, min(1.0, self.lengths[0] / beats), PACE_DECAY)

    def _pitches(self, row: dict[int, float]) -> None:
        if len(self.pitches) > 1:
            interval = int(clamp(self.pitches[0] - self.pitches[1], -LARGEST_INTERVAL, LARGEST_INTERVAL))
            row[LAYOUT.start["interval"] + interval + LARGEST_INTERVAL] = 1.0
        if self.pitches:
            row[LAYOUT.start["height"]] = (self.pitches[0] - self.register) / 12

    def _place(self, row: dict[int, float], onset: Onset) -> None:
        place = onset.place % onset.measure
        row[LAYOUT.start["phase"] + place % 12] = 1.0
        row[LAYOUT.start["beat"] + min(7, place // 12)] = 1.0
        row[LAYOUT.start["to_end"] + min(7, (onset.measure - 1 - place) // 12)] = 1.0
        row[LAYOUT.start["measure"]] = log2(onset.measure / 48)
        row[LAYOUT.start["tempo"]] = clamp(log2(onset.bpm / 120), -2, 2)

    def _phrase(self, row: dict[int, float], onset: Onset) -> None:
        if onset.begins or self.last is None:
            row[LAYOUT.start["phrase_begins"]] = 1.0
        else:
            row[LAYOUT.start["phrase_beats"]] = log2(1 + (onset.time - self.phrase_start) / 12) / 4
            row[LAYOUT.start["phrase_notes"]] = log2(1 + self.phrase_notes) / 4
        if onset.chord:
            row[LAYOUT.start["chord"]] = 1.0
            for index, beats in enumerate(CHORD_AHEAD_BEATS):
                if 0 < onset.beats_to_next_chord <= beats:
                    row[LAYOUT.start["ahead"] + index] = 1.0
        if onset.left is not None:
            row[LAYOUT.start["left"]] = 1.0
            if onset.left <= LEFT_NEAR:
                row[LAYOUT.start["left_near"] + onset.left] = 1.0
            else:
                row[LAYOUT.start["left_far"] + min(LEFT_FAR - 1, (onset.left - LEFT_NEAR - 1) // 6)] = 1.0

    def _habits(self, row: dict[int, float], onset: Onset, distance: int | None) -> None:
        for field in ("pace", "legato", "rest"):
            value = getattr(self, field)
            if value is not None:
                row[LAYOUT.start[field]] = value


def faded(known: float | None, value: float, decay: float) -> float:
    return value if known is None else decay * known + (1 - decay) * value
