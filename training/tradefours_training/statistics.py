"""What a line does against its chords: the figures by which a machine's line is compared with a human's.

CTnCTR, PCS and MCTD are from Yeh et al. 2021 (doi:10.1080/09298215.2021.1873392), H1 and H4 from Wu and Yang 2020
(arXiv:2008.01307). Notes weigh alike, however long; a tone counts as the chord's if its symbol names it."""

from collections.abc import Sequence
from math import cos, floor, log2, pi, sin, sqrt

from .chords import Chord
from .corpora.line import Line

# A chord's scale is the first of these, from its root, that has all of its tones.
SCALES = [
    {0, 2, 4, 5, 7, 9, 11},
    {0, 2, 4, 5, 7, 9, 10},
    {0, 2, 3, 5, 7, 9, 10},
    {0, 1, 3, 5, 6, 8, 10},
    {0, 2, 4, 6, 7, 9, 11},
    {0, 2, 4, 6, 7, 9, 10},
    {0, 2, 3, 5, 7, 9, 11},
    {0, 2, 3, 5, 6, 8, 9, 11},
    {0, 1, 4, 5, 7, 8, 10},
    {0, 1, 3, 4, 6, 8, 10},
    {0, 1, 3, 4, 6, 7, 9, 10},
    {0, 2, 4, 6, 8, 10},
]
CONSONANCE = {0: 1, 3: 1, 4: 1, 7: 1, 8: 1, 9: 1, 5: 0}


def scale(chord: Chord) -> set[int]:
    tones = {(tone - chord.root) % 12 for tone in chord.pitch_classes}
    found = next((scale for scale in SCALES if tones <= scale), tones | SCALES[1])
    return {(note + chord.root) % 12 for note in found}


def tonal_centroid(pitch_classes: Sequence[int]) -> list[float]:
    """The six-dimensional tonal centroid of Harte et al. 2006."""
    axes = [(1.0, 7 * pi / 6), (1.0, 3 * pi / 2), (0.5, 2 * pi / 3)]
    return [
        sum(radius * wave(p * angle) for p in pitch_classes) / len(pitch_classes)
        for radius, angle in axes
        for wave in (sin, cos)
    ]


def entropy(pitches: Sequence[int]) -> float:
    """Of the pitch classes, in bits."""
    classes = [pitch % 12 for pitch in pitches]
    return -sum(share * log2(share) for share in (classes.count(c) / len(classes) for c in set(classes)))


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def statistics(lines: Sequence[Line], pitches: Sequence[Sequence[int]]) -> dict[str, float]:
    """The figures of `pitches` played on the rhythm and over the chords of `lines`, pooled over all notes."""
    in_chord, in_scale, resolved, consonance, distance = [], [], [], [], []
    leaps, windows = [], {1: [], 4: []}
    for line, line_pitches in zip(lines, pitches):
        leaps += [abs(b - a) for a, b in zip(line_pitches, line_pitches[1:])]
        for measures, entropies in windows.items():
            gathered: dict[int, list[int]] = {}
            for note, pitch in zip(line.notes, line_pitches):
                # round() would merge measures after a pickup.
                measure = floor((note.beat - note.place) / note.measure + 0.5)
                gathered.setdefault(measure // measures, []).append(pitch)
            entropies += [entropy(window) for window in gathered.values()]
        for note, pitch, following in zip(line.notes, line_pitches, [*line_pitches[1:], None]):
            if note.chord is None:
                continue
            tones = note.chord.pitch_classes
            in_chord.append(pitch % 12 in tones)
            in_scale.append(pitch % 12 in scale(note.chord))
            resolved.append(in_chord[-1] or (following is not None and 0 < abs(following - pitch) <= 2))
            consonance.append(mean([CONSONANCE.get((pitch - tone) % 12, -1) for tone in tones]))
            distance.append(
                sqrt(sum((a - b) ** 2 for a, b in zip(tonal_centroid([pitch % 12]), tonal_centroid(tones))))
            )
    return {
        "CTR": mean(in_chord),
        "SCALE": mean(in_scale),
        "CTnCTR": mean(resolved),
        "PCS": mean(consonance),
        "MCTD": mean(distance),
        "H1": mean(windows[1]),
        "H4": mean(windows[4]),
        "mean leap": mean(leaps),
        "leaps over 7": mean([leap > 7 for leap in leaps]),
        "repeated": mean([leap == 0 for leap in leaps]),
    }
