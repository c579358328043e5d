"""The Groove MIDI Dataset: drummers playing to a metronome."""

import csv
from pathlib import Path

from mido import MidiFile

from .drumming import Metre, Take, on_grid


def groove_takes(data: Path) -> list[Take]:
    """All takes of the training and validation splits, in the order of `info.csv`."""
    folder = data / "groove"
    with open(folder / "info.csv", encoding="utf-8", newline="") as file:
        entries = [entry for entry in csv.DictReader(file) if (folder / entry["midi_filename"]).exists()]
    takes = []
    for entry in entries:
        midi = MidiFile(folder / entry["midi_filename"])
        ticks, strokes = 0, []
        for message in midi.tracks[0]:
            ticks += message.time
            if message.type == "note_on" and message.velocity:
                strokes.append((4 * ticks / midi.ticks_per_beat, message.note, message.velocity))
        beats, unit = entry["time_signature"].split("-")
        takes.append(
            Take(
                entry["id"],
                Metre(int(beats), int(unit)),
                float(entry["bpm"]),
                entry["split"] == "validation",
                on_grid(strokes),
            )
        )
    return takes
