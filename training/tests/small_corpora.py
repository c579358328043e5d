"""Corpora of a few invented notes, laid out as the published ones are."""

import csv
import gzip
import zipfile
from pathlib import Path

from mido import Message, MetaMessage, MidiFile, MidiTrack

from tradefours_training.corpora.line import is_validation
from tradefours_training.invented import invented_line

TITLES = [next(f"Tune {n}" for n in range(99) if is_validation(f"Tune {n}") == held_out) for held_out in (False, True)]


def write_table(path: Path, columns: list[str], rows: list[list]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])


def write_weimar(folder: Path) -> None:
    folder.mkdir(parents=True)
    notes, beats, meta, loudness = [], [], [], []
    for title in TITLES:
        id, line = f"{title}.sv", invented_line(40, chords=True)
        meta.append([id, title, "4/4", f"Player of {title}"])
        beats += [[id, beat * 0.5, beat // 4, beat % 4 + 1, "D-7" if beat % 8 < 4 else "G79b/B"] for beat in range(80)]
        for number, note in enumerate(line.notes):
            beat, tatum = divmod(round(note.beat * 12), 12)
            ends = int(number % 8 == 7)
            row = [id, number, note.pitch, note.beat * 0.5, 0.8, beat // 4, beat % 4 + 1, tatum + 1, 12, 4, ends]
            notes.append(row)
            loudness.append([id, number, 60 + number % 7 if number else "NA"])
    write_table(folder / "wjd_meta.csv.gz", ["id", "title", "signature", "performer"], meta)
    write_table(folder / "wjd_annotated_beat_tracks.csv.gz", ["id", "onset", "bar", "beat", "chord"], beats)
    write_table(
        folder / "wjd_transforms.csv.gz",
        [
            "id",
            "event_id",
            "pitch_raw",
            "onset",
            "articulation_raw",
            "bar",
            "beat",
            "tatum",
            "division",
            "period",
            "phrase_end",
        ],
        notes,
    )
    write_table(folder / "wjd_loudness.csv.gz", ["id", "event_id", "loud_median"], loudness)


def write_openewld(folder: Path) -> None:
    folder.mkdir(parents=True)
    notes = "".join(
        f"<note><pitch><step>{step}</step><octave>4</octave></pitch><duration>1</duration></note>" for step in "CDEF"
    )
    harmony = "<harmony><root><root-step>C</root-step></root><kind>dominant</kind></harmony>"
    attributes = (
        "<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time></attributes>"
    )
    measures = f"<measure>{attributes}{harmony}{notes}</measure><measure>{notes}</measure>"
    with zipfile.ZipFile(folder / "001.mxl", "w") as archive:
        archive.writestr("Lead.xml", f"<score-partwise><part>{measures}</part></score-partwise>")
    (folder / "index.csv").write_text(f"file,title\n001.mxl,{TITLES[0]}\n")


def write_midi(path: Path, drums: list[tuple[float, int]], bass: list[int], metre: tuple[int, int]) -> None:
    """Drums as (sixteenth, pitch) and bass onsets in sixteenths."""
    path.parent.mkdir(parents=True, exist_ok=True)
    events = [(round(120 * step) + 7, Message("note_on", channel=9, note=pitch, velocity=90)) for step, pitch in drums]
    events += [(120 * step, Message("note_on", channel=0, note=40, velocity=90)) for step in bass]
    track = MidiTrack(
        [
            MetaMessage("time_signature", numerator=metre[0], denominator=metre[1]),
            Message("program_change", channel=0, program=33),
        ]
    )
    now = 0
    for time, message in sorted(events, key=lambda event: event[0]):
        track.append(message.copy(time=time - now))
        now = time
    midi = MidiFile(ticks_per_beat=480, type=0)
    midi.tracks.append(track)
    midi.save(path)


def write_drumming(data: Path) -> None:
    rock = [
        (step, pitch)
        for bar in range(4)
        for step, pitch in [
            (16 * bar, 36),
            (16 * bar + 4, 38),
            *((16 * bar + eighth, 22) for eighth in range(0, 16, 2)),
        ]
    ]
    shuffle = [(step, pitch) for step, pitch in rock if step % 4 == 0]
    shuffle += [(4 * beat + 8 / 3, 51) for beat in range(16)]
    fill = [(step, 45 + step % 3) for step in range(16)]
    entries = []
    for split in ("train", "validation"):
        for name, strokes, style, kind in (
            ("rock", rock, "rock/indie", "beat"),
            ("shuffle", shuffle, "blues/shuffle", "beat"),
            ("fill", fill, "rock", "fill"),
        ):
            write_midi(data / "groove" / f"{split}-{name}.mid", strokes, [], (4, 4))
            entries.append(f"{split}/{name},drummer/{split},100,4-4,{split}-{name}.mid,{split},{style},{kind}")
    columns = "id,session,bpm,time_signature,midi_filename,split,style,beat_type"
    (data / "groove" / "info.csv").write_text("\n".join([columns, *entries]) + "\n")
    for title in TITLES:
        write_midi(data / "freedoom" / "musics" / f"{title}.mid", rock, [0, 6, 8, 16, 32, 48], (7, 8))


def write_corpora(data: Path) -> Path:
    write_weimar(data / "weimar-jazz")
    write_openewld(data / "openewld-1930")
    write_drumming(data)
    return data
