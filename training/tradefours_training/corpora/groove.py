"""The Groove MIDI Dataset: drummers playing to a metronome."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
from mido import MidiFile

from .drumming import Metre, Take, on_grid
from .styles import gathered_style
from .subdivision import STRAIGHT, TRIPLETS, subdivision, unswung

# Fewer strokes say too little of the time that their drummer keeps.
FEWEST = 16


def read_strokes(path: Path) -> list[tuple[float, int, int]]:
    """Strokes as quarters from the beginning, MIDI pitch and velocity."""
    midi = MidiFile(path)
    ticks, strokes = 0, []
    for message in midi.tracks[0]:
        ticks += message.time
        if message.type == "note_on" and message.velocity:
            strokes.append((ticks / midi.ticks_per_beat, message.note, message.velocity))
    return strokes


def lateness(beats: np.ndarray, bpm: float) -> float:
    """The mean offset from the grid that strokes fit, in milliseconds."""
    steps, swing = subdivision(beats)
    if steps == TRIPLETS:
        beats = unswung(beats, swing)
    return float((beats * steps - np.round(beats * steps)).mean()) / steps * 60_000 / bpm


def groove_takes(data: Path) -> list[Take]:
    """All takes of the training and validation splits, in the order of `info.csv`, each on the grid that it fits.

    What a session is early or late on average is its recording chain's, and what a whole take is, the drummer's way
    with the click: neither is a groove's, so both are taken out."""
    folder = data / "groove"
    with open(folder / "info.csv", encoding="utf-8", newline="") as file:
        entries = [entry for entry in csv.DictReader(file) if (folder / entry["midi_filename"]).exists()]
    played = [read_strokes(folder / entry["midi_filename"]) for entry in entries]
    late: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for entry, strokes in zip(entries, played):
        if len(strokes) >= FEWEST:
            beats = np.array([beat for beat, _, _ in strokes])
            late[entry["session"]].append((lateness(beats, float(entry["bpm"])), len(strokes)))
    chains = {
        session: sum(ms * count for ms, count in takes) / sum(count for _, count in takes)
        for session, takes in late.items()
    }
    return [take(entry, strokes, chains.get(entry["session"], 0.0)) for entry, strokes in zip(entries, played)]


def take(entry: dict[str, str], strokes: list[tuple[float, int, int]], chain: float) -> Take:
    """A take on its grid; `chain` is how late its session is, in milliseconds."""
    beats, unit = (int(part) for part in entry["time_signature"].split("-"))
    bpm, metre = float(entry["bpm"]), Metre(beats, unit)
    times = np.array([beat for beat, _, _ in strokes]) - chain * bpm / 60_000
    steps, swing = subdivision(times) if unit == 4 and len(strokes) else (STRAIGHT, 0.5)
    if steps == TRIPLETS:
        times, metre, bpm = unswung(times, swing), Metre(3 * beats, 8), 1.5 * bpm
    times = times * steps
    if len(strokes) >= FEWEST:
        times = times - (times - np.round(times)).mean()
    return Take(
        entry["id"],
        metre,
        bpm,
        entry["split"] == "validation",
        on_grid((float(time), pitch, velocity) for time, (_, pitch, velocity) in zip(times, strokes)),
        style=gathered_style(entry["style"]),
        fill=entry["beat_type"] == "fill",
    )
