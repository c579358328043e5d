"""The Weimar Jazz Database: transcribed solos with their beats and chords."""

import csv
import gzip
from bisect import bisect_right
from collections import defaultdict
from pathlib import Path
from statistics import median

from ..chords import weimar_chord
from .line import Line, LineNote, held_out_performers, next_change


def table(path: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of a gzipped table by solo."""
    rows = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["id"]].append(row)
    return rows


def read_solo(notes: list[dict[str, str]], beats: list[dict[str, str]], loudness: dict[str, float]) -> list[LineNote]:
    onsets = [float(beat["onset"]) for beat in beats]
    lengths = [later - earlier for earlier, later in zip(onsets, onsets[1:])]
    lengths.append(lengths[-1])
    places = [int(beat["beat"]) - 1 for beat in beats]
    chords = [weimar_chord(beat["chord"]) for beat in beats]
    changes = [next_change(chords, index) for index in range(len(beats))]
    index_of = {(beat["bar"], beat["beat"]): index for index, beat in enumerate(beats)}
    solo = []
    for number, note in enumerate(notes):
        onset = float(note["onset"])
        played = max(0, bisect_right(onsets, onset) - 1)
        index = index_of.get((note["bar"], note["beat"]), played)
        within = (int(note["tatum"]) - 1) / int(note["division"])
        length = median(lengths[max(0, played - 4) : played + 5])
        ioi = float(notes[number + 1]["onset"]) - onset if number + 1 < len(notes) else length
        sounding = ioi * float(note["articulation_raw"]) if note["articulation_raw"] != "NA" else ioi
        next_chord, ahead = changes[index]
        solo.append(
            LineNote(
                pitch=int(note["pitch_raw"]),
                onset=onset,
                release=onset + sounding,
                bpm=60 / length,
                beat=index + within,
                beats=sounding / length,
                measure=float(note["period"]),
                place=places[index] + within,
                played_place=places[played] + min(0.999, max(0.0, (onset - onsets[played]) / lengths[played])),
                chord=chords[index],
                next_chord=next_chord,
                beats_to_next_chord=ahead - within if next_chord else 0.0,
                phrase_ends=note["phrase_end"] == "1",
                loudness=loudness.get(note["event_id"]),
            )
        )
    return solo


def decibels(rows: list[dict[str, str]]) -> dict[str, float]:
    """The loudness of the notes of a solo by their event, where it is known."""
    return {row["event_id"]: float(row["loud_median"]) for row in rows if row["loud_median"] not in ("", "NA")}


def weimar_solos(data: Path) -> list[Line]:
    """All solos, in the order of their ids."""
    folder = data / "weimar-jazz"
    notes = table(folder / "wjd_transforms.csv.gz")
    beats = table(folder / "wjd_annotated_beat_tracks.csv.gz")
    meta = table(folder / "wjd_meta.csv.gz")
    loudness = table(folder / "wjd_loudness.csv.gz")
    for name in held_out_performers - {row["performer"] for rows in meta.values() for row in rows}:
        raise SystemExit(f"The Weimar Jazz Database has no solo of {name}: give the name as its table wjd_meta has it.")
    return [
        Line(
            id,
            meta[id][0]["title"],
            meta[id][0]["signature"],
            read_solo(notes[id], beats[id], decibels(loudness[id])),
            meta[id][0]["performer"],
        )
        for id in sorted(notes)
        if id in beats and id in meta
    ]
