"""Freedoom's music: sequenced pieces with bass and drums, some of them in odd metres."""

from pathlib import Path

from mido import MidiFile, merge_tracks, tempo2bpm

from .drumming import Metre, Take, on_grid
from .line import is_validation

DRUM_CHANNEL = 9
BASS_PROGRAMS = range(32, 40)


def read_piece(path: Path) -> list[Take]:
    """A piece as one take for each stretch in one metre."""
    midi = MidiFile(path)
    programs, strokes, bass = {}, [], []
    metres, tempos, now = [(0.0, Metre(4, 4))], [(0.0, 120.0)], 0.0
    for message in merge_tracks(midi.tracks):
        now += 4 * message.time / midi.ticks_per_beat
        if message.type == "program_change":
            programs[message.channel] = message.program
        elif message.type == "time_signature":
            metres.append((now, Metre(message.numerator, message.denominator)))
        elif message.type == "set_tempo":
            tempos.append((now, tempo2bpm(message.tempo)))
        elif message.type == "note_on" and message.velocity:
            if message.channel == DRUM_CHANNEL:
                strokes.append((now, message.note, message.velocity))
            elif programs.get(message.channel) in BASS_PROGRAMS:
                bass.append(round(now))
    takes = []
    for (start, metre), (end, _) in zip(metres, [*metres[1:], (now, None)]):
        hits = on_grid((time - start, pitch, velocity) for time, pitch, velocity in strokes if start <= time < end)
        if len(hits) > 16 and metre.steps <= 32:
            bpm = [bpm for time, bpm in tempos if time <= start][-1]
            onsets = frozenset(step - round(start) for step in bass if start <= step < end)
            takes.append(Take(f"{path.stem}@{round(start)}", metre, bpm, is_validation(path.stem), hits, onsets))
    return takes


def freedoom_takes(data: Path) -> list[Take]:
    """The pieces of the folder, in the order of their names."""
    return [take for path in sorted((data / "freedoom" / "musics").glob("*.mid")) for take in read_piece(path)]
