"""OpenEWLD: lead sheets in MusicXML, here those first performed by 1930."""

import csv
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

from ..chords import KINDS, LETTERS, Chord
from .line import Line, LineNote, next_change

BPM = 140.0


def score(path: Path) -> ElementTree.Element:
    with zipfile.ZipFile(path) as archive:
        # Some containers of this corpus are not well-formed, so the score is found by its name.
        name = next(name for name in archive.namelist() if name.endswith(".xml") and not name.startswith("META-INF"))
        return ElementTree.fromstring(archive.read(name))


def read_chord(harmony: ElementTree.Element) -> Chord | None:
    intervals = KINDS.get(harmony.findtext("kind", ""))
    if intervals is None or harmony.find("root") is None:
        return None
    root = LETTERS[harmony.findtext("root/root-step")] + int(float(harmony.findtext("root/root-alter", "0")))
    bass = harmony.find("bass")
    if bass is None:
        return Chord.of(root, intervals)
    return Chord.of(root, intervals, LETTERS[bass.findtext("bass-step")] + int(float(bass.findtext("bass-alter", "0"))))


def read_pitch(pitch: ElementTree.Element) -> int:
    return (
        LETTERS[pitch.findtext("step")]
        + int(float(pitch.findtext("alter", "0")))
        + 12 * (int(pitch.findtext("octave")) + 1)
    )


def read_lead(part: ElementTree.Element) -> tuple[str, list[LineNote]]:
    """The metre at the beginning and the first voice, repeats not unfolded, everything counted in quarters."""
    metre, divisions, quarters, now = "", 1.0, 4.0, 0.0
    changes: list[tuple[float, Chord | None]] = []
    notes: list[list] = []  # [onset, length, pitch, place, measure]
    for measure in part.iter("measure"):
        measure_start, furthest = now, now
        for element in measure:
            if element.tag == "attributes":
                divisions = float(element.findtext("divisions", str(divisions)))
                if element.find("time") is not None:
                    quarters = 4 * int(element.findtext("time/beats")) / int(element.findtext("time/beat-type"))
                    metre = metre or f"{element.findtext('time/beats')}/{element.findtext('time/beat-type')}"
            elif element.tag == "harmony":
                changes.append((now, read_chord(element)))
            elif element.tag in ("backup", "forward"):
                now += (-1 if element.tag == "backup" else 1) * float(element.findtext("duration")) / divisions
            elif element.tag == "note" and element.find("grace") is None and element.find("chord") is None:
                length = float(element.findtext("duration")) / divisions
                if element.find("pitch") is not None and element.findtext("voice", "1") == "1":
                    pitch = read_pitch(element.find("pitch"))
                    tied = any(tie.attrib["type"] == "stop" for tie in element.findall("tie"))
                    if tied and notes and notes[-1][2] == pitch:
                        notes[-1][1] += length
                    else:
                        notes.append([now, length, pitch, now - measure_start, quarters])
                now += length
            furthest = max(furthest, now)
        now = furthest
    chords: list[Chord | None] = [None] * (int(now) + 1)
    for (start, chord), (end, _) in zip(changes, [*changes[1:], (now + 1, None)]):
        chords[int(start) : int(end)] = [chord] * (int(end) - int(start))
    second, line = 60 / BPM, []
    for onset, length, pitch, place, quarters in sorted(notes):
        next_chord, ahead = next_change(chords, int(onset))
        line.append(
            LineNote(
                pitch=pitch,
                onset=onset * second,
                release=(onset + length * 0.9) * second,
                bpm=BPM,
                beat=onset,
                beats=length,
                measure=quarters,
                place=place,
                played_place=place,
                chord=chords[int(onset)],
                next_chord=next_chord,
                beats_to_next_chord=ahead - onset % 1 if next_chord else 0.0,
            )
        )
    return metre, line


def openewld_leads(data: Path) -> list[Line]:
    """All lead sheets, in the order of the index."""
    folder = data / "openewld-1930"
    with open(folder / "index.csv", encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    leads = []
    for entry in entries:
        metre, notes = read_lead(score(folder / entry["file"]).find("part"))
        if len(notes) > 1:
            leads.append(Line(entry["file"], entry["title"], metre, notes))
    return leads
