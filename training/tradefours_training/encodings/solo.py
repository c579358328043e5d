"""`solo`: the next pitch at the moment a key goes down, everything relative to the last sounded pitch."""

from dataclasses import dataclass
from math import log2

from ..chords import Chord
from .layout import Layout

LARGEST_INTERVAL = 24
CLASSES = 2 * LARGEST_INTERVAL + 1
LAGS = 4
PHRASE_REST_SECONDS = 0.3
RHYTHM_CLASSES = 15
CHORD_AHEAD_BEATS = (0.5, 1, 2, 4, 8)
MEMORY_DECAY = 0.9
KEY_DECAY = 0.97
REGISTER_DECAY = 0.97

LAYOUT = Layout(
    lag1=CLASSES,
    lag2=CLASSES,
    lag3=CLASSES,
    lag4=CLASSES,
    memory=CLASSES,
    key=12,
    register=2,
    chord=1,
    root=12,
    tones=12,
    bass=12,
    next_chord=1,
    next_root=12,
    next_tones=12,
    ahead=len(CHORD_AHEAD_BEATS),
    harmony=12,
    phase=12,
    beat=8,
    ioi=RHYTHM_CLASSES,
    previous_ioi=RHYTHM_CLASSES,
    seconds=1,
    tempo=1,
    released=1,
    legato=1,
    rest=1,
    phrase_begins=1,
    phrase_beats=1,
    phrase_notes=1,
)
# What an ablation, and the training now and then, takes away together.
GROUPS = {
    "chords": slice(LAYOUT.start["chord"], LAYOUT.start["phase"]),
    "place": slice(LAYOUT.start["phase"], LAYOUT.start["ioi"]),
    "rhythm": slice(LAYOUT.start["ioi"], LAYOUT.size),
}


@dataclass(frozen=True)
class KeyPress:
    """What is known when a key goes down. `place` counts quarters from the beginning of a measure of `measure`
    quarters; `released` is when the previous note ended, None while it is held."""

    seconds: float
    bpm: float
    place: float
    measure: float
    released: float | None
    chord: Chord | None = None
    next_chord: Chord | None = None
    beats_to_next_chord: float = 0.0


def clamp(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))


def half_up(value: float) -> int:
    """Rounds as JavaScript's `Math.round` does."""
    return int((value + 0.5) // 1)


def interval_class(interval: int) -> int:
    """The class of an interval in semitones; leaps beyond two octaves count as two octaves."""
    return int(clamp(interval, -LARGEST_INTERVAL, LARGEST_INTERVAL)) + LARGEST_INTERVAL


def rhythm_class(beats: float) -> int:
    """Half powers of two of a beat: class 8 is a beat, 6 an eighth, 4 a sixteenth."""
    return int(clamp(half_up(2 * log2(max(beats, 1e-3))), -8, 6)) + 8


class SoloEncoder:
    """Call `row` when a key goes down, then `sounded` with the pitch that sounds. The first pitch is the performer's
    own: there is no row before it."""

    def __init__(self) -> None:
        self.pitches: list[int] = []
        self.memory: dict[int, float] = {}
        self.key = [0.0] * 12
        self.harmony = [0.0] * 12
        self.register = 0.0
        self.last: KeyPress | None = None
        self.last_ioi: float | None = None
        self.phrase_start = 0.0
        self.phrase_notes = 0

    def row(self, press: KeyPress) -> dict[int, float]:
        """The input row for this key press, as index → value."""
        row: dict[int, float] = {}
        self._melody(row)
        self._chords(row, press)
        twelfths = half_up(12 * press.place) % half_up(12 * press.measure)
        row[LAYOUT.start["phase"] + twelfths % 12] = 1.0
        row[LAYOUT.start["beat"] + min(7, twelfths // 12)] = 1.0
        self._rhythm(row, press)
        return row

    def sounded(self, press: KeyPress, pitch: int) -> None:
        """Remembers the pitch that the key press sounded."""
        if self.last is None:
            self.register = pitch
        else:
            self.last_ioi = self._beats(self.last.seconds, press)
            self.register += (1 - REGISTER_DECAY) * (pitch - self.register)
        if self._phrase_begins(press):
            self.phrase_start, self.phrase_notes = press.seconds, 0
        self.phrase_notes += 1
        self.memory = {old: value * MEMORY_DECAY for old, value in self.memory.items() if value > 0.01}
        self.memory[pitch] = 1.0
        self.key = [value * KEY_DECAY for value in self.key]
        self.key[pitch % 12] += 1 - KEY_DECAY
        if press.chord:
            self.harmony = [value * KEY_DECAY for value in self.harmony]
            for tone in press.chord.pitch_classes:
                self.harmony[tone] += 1 - KEY_DECAY
        self.pitches = [pitch, *self.pitches[:LAGS]]
        self.last = press

    def _melody(self, row: dict[int, float]) -> None:
        last = self.pitches[0]
        for lag, pitch in enumerate(self.pitches[1:], 1):
            row[LAYOUT.start[f"lag{lag}"] + interval_class(last - pitch)] = 1.0
        for pitch, value in self.memory.items():
            if abs(pitch - last) <= LARGEST_INTERVAL:
                row[LAYOUT.start["memory"] + pitch - last + LARGEST_INTERVAL] = value
        self._rotated(row, "key", self.key)
        row[LAYOUT.start["register"]] = (last - 60) / 12
        row[LAYOUT.start["register"] + 1] = (last - self.register) / 12

    def _chords(self, row: dict[int, float], press: KeyPress) -> None:
        self._rotated(row, "harmony", self.harmony)
        if press.chord:
            row[LAYOUT.start["chord"]] = 1.0
            row[LAYOUT.start["root"] + self._relative(press.chord.root)] = 1.0
            row[LAYOUT.start["bass"] + self._relative(press.chord.bass)] = 1.0
            for tone in press.chord.pitch_classes:
                row[LAYOUT.start["tones"] + self._relative(tone)] = 1.0
        if press.next_chord:
            row[LAYOUT.start["next_chord"]] = 1.0
            row[LAYOUT.start["next_root"] + self._relative(press.next_chord.root)] = 1.0
            for tone in press.next_chord.pitch_classes:
                row[LAYOUT.start["next_tones"] + self._relative(tone)] = 1.0
            for index, beats in enumerate(CHORD_AHEAD_BEATS):
                if press.beats_to_next_chord <= beats:
                    row[LAYOUT.start["ahead"] + index] = 1.0

    def _rhythm(self, row: dict[int, float], press: KeyPress) -> None:
        ioi = press.seconds - self.last.seconds
        row[LAYOUT.start["ioi"] + rhythm_class(self._beats(self.last.seconds, press))] = 1.0
        if self.last_ioi is not None:
            row[LAYOUT.start["previous_ioi"] + rhythm_class(self.last_ioi)] = 1.0
        row[LAYOUT.start["seconds"]] = clamp(log2(max(ioi, 1e-3)) / 4, -1, 1)
        row[LAYOUT.start["tempo"]] = clamp(log2(press.bpm / 120), -2, 2)
        if press.released is not None:
            row[LAYOUT.start["released"]] = 1.0
            row[LAYOUT.start["legato"]] = clamp((press.released - self.last.seconds) / max(ioi, 1e-3), 0, 1)
            row[LAYOUT.start["rest"]] = clamp(self._beats(press.released, press) / 4, 0, 1)
        if self._phrase_begins(press):
            row[LAYOUT.start["phrase_begins"]] = 1.0
        else:
            row[LAYOUT.start["phrase_beats"]] = log2(1 + self._beats(self.phrase_start, press)) / 4
            row[LAYOUT.start["phrase_notes"]] = log2(1 + self.phrase_notes) / 4

    def _phrase_begins(self, press: KeyPress) -> bool:
        """A phrase begins after a silence: the rule agrees with the annotators of Weimar (F1 0.885) and works live."""
        return self.last is None or (
            press.released is not None and press.seconds - press.released >= PHRASE_REST_SECONDS
        )

    def _relative(self, pitch_class: int) -> int:
        return (pitch_class - self.pitches[0]) % 12

    def _rotated(self, row: dict[int, float], field: str, weights: list[float]) -> None:
        for pitch_class, weight in enumerate(weights):
            if weight:
                row[LAYOUT.start[field] + self._relative(pitch_class)] = weight

    @staticmethod
    def _beats(since: float, press: KeyPress) -> float:
        return (press.seconds - since) * press.bpm / 60
