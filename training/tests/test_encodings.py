"""The encodings' laws."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tradefours_training.checkpoint import from_tensors, quantise, to_tensors
from tradefours_training.chords import Chord, weimar_chord
from tradefours_training.corpora.drumming import Metre
from tradefours_training.corpora.subdivision import STRAIGHT, TRIPLETS, subdivision, unswung
from tradefours_training.encodings import drums, feel, melody, place, solo
from tradefours_training.encodings.drums import Asked
from tradefours_training.invented import invented_groove, invented_line
from tradefours_training.network import Network, run_all
from tradefours_training.solo import encode


def transpose_chord(chord, semitones):
    tones = tuple((tone + semitones) % 12 for tone in chord.pitch_classes)
    return Chord((chord.root + semitones) % 12, tones, (chord.bass + semitones) % 12)


def transpose(line, semitones):
    notes = [
        replace(
            note,
            pitch=note.pitch + semitones,
            chord=transpose_chord(note.chord, semitones),
            next_chord=transpose_chord(note.next_chord, semitones),
        )
        for note in line.notes
    ]
    return replace(line, notes=notes)


def test_solo_is_blind_to_key_but_for_the_register():
    line = invented_line(20, chords=True)
    (here, targets), (there, same) = encode(line), encode(transpose(line, 5))
    register = solo.LAYOUT.start["register"]
    assert (targets == same).all()
    assert there[:, register] - here[:, register] == pytest.approx(np.full(len(here), 5 / 12), abs=1e-6)
    np.testing.assert_allclose(np.delete(there, register, 1), np.delete(here, register, 1), atol=1e-6)


def test_a_solo_row_never_looks_ahead():
    line = invented_line(20, chords=True)
    other = replace(line, notes=[*line.notes[:10], *(replace(note, pitch=50) for note in line.notes[10:])])
    np.testing.assert_array_equal(encode(line)[0][:10], encode(other)[0][:10])


def test_drum_rows_never_look_ahead_but_in_what_is_asked():
    metre, tokens = Metre(7, 8), invented_groove(Metre(7, 8), 4)
    onsets = tokens & 1
    other = tokens.copy()
    other[20:] = 0
    asked = Asked(120.0, "funk", onsets)
    np.testing.assert_array_equal(drums.rows(tokens, metre, asked)[:21], drums.rows(other, metre, asked)[:21])


def test_what_is_not_said_is_zero():
    row = drums.rows(invented_groove(Metre(4, 4), 1), Metre(4, 4), Asked(120.0))[0]
    assert row[drums.LAYOUT.start["bass"] :].tolist() == [0] * (drums.LAYOUT.size - drums.LAYOUT.start["bass"])


def test_a_triplet_groove_has_the_tempo_of_its_beats():
    assert drums.pulses_a_minute(Metre(12, 8), 180.0) == drums.pulses_a_minute(Metre(4, 4), 120.0)


@pytest.mark.parametrize("swing", [0.6, 0.64, 2 / 3, 0.7])
def test_swung_strokes_are_on_triplets_wherever_their_swing_puts_them(swing):
    played = np.array([beat + place for beat in range(16) for place in (0, swing)])
    steps, heard = subdivision(played)
    assert steps == TRIPLETS
    np.testing.assert_allclose(unswung(played, heard) * 6 % 6, [0, 4] * 16, atol=0.2)


def test_sixteenths_and_eighths_are_straight():
    for step in (0.25, 0.5):
        assert subdivision(np.arange(64) * step) == (STRAIGHT, 0.5)


@pytest.mark.parametrize(
    ("metre", "steps", "pulses"),
    [
        (Metre(4, 4), 16, [0, 4, 8, 12]),
        (Metre(3, 4), 12, [0, 4, 8]),
        (Metre(6, 8), 12, [0, 6]),
        (Metre(7, 8), 14, [0, 4, 8]),
        (Metre(5, 8), 10, [0, 4]),
        (Metre(1, 4), 4, [0]),
    ],
)
def test_a_metre_has_its_pulses(metre, steps, pulses):
    assert (metre.steps, metre.pulses) == (steps, pulses)


def melody_here(semitones=0):
    return melody.melody_of(transpose(invented_line(20, chords=True), semitones), Metre(4, 4))


def test_melody_events_hold_and_end_notes():
    line = melody.melody_of(invented_line(4, chords=False), Metre(4, 4))
    assert line.first_step == 4
    assert line.events.tolist() == [60, -2, 62, -2, 63, -2, -1, -2, 65, -1]
    assert melody.labels(line.events).tolist() == [-1, 0, 28, 0, 27, 0, 1, 0, 28, 1]


def test_melody_is_blind_to_key():
    here, there = melody_here(), melody_here(7)
    np.testing.assert_array_equal(melody.rows(here), melody.rows(there))
    np.testing.assert_array_equal(melody.labels(here.events), melody.labels(there.events))


def test_a_melody_row_never_looks_ahead_but_for_the_chords():
    line = melody_here()
    other = replace(line, events=np.where(np.arange(len(line.events)) < 20, line.events, melody.HELD))
    np.testing.assert_array_equal(melody.rows(line)[:21], melody.rows(other)[:21])


def test_the_next_chord_is_another_one_that_is_near():
    dm, g = weimar_chord("D-7"), weimar_chord("G7")
    far = [dm, *[None] * melody.STEPS_AHEAD, g]
    assert melody.following_chords([dm, dm, None, g, dm]) == [(g, 3), (g, 2), (g, 1), (dm, 1), (None, 0)]
    assert [ahead for _, ahead in melody.following_chords(far)[:2]] == [0, melody.STEPS_AHEAD]


@pytest.mark.parametrize(
    ("symbol", "root", "tones", "bass"),
    [
        ("Bb-7", 10, {10, 1, 5, 8}, 10),
        ("G79b/B", 7, {7, 11, 2, 5, 8}, 11),
        ("Fsus7913", 5, {5, 10, 0, 3, 7, 2}, 5),
        ("Ebj7911#", 3, {3, 7, 10, 2, 5, 9}, 3),
        ("Bm7b5", 11, {11, 2, 5, 9}, 11),
        ("C7alt", 0, {0, 4, 7, 10, 1, 3, 8}, 0),
    ],
)
def test_weimar_chords(symbol, root, tones, bass):
    chord = weimar_chord(symbol)
    assert (chord.root, set(chord.pitch_classes), chord.bass) == (root, tones, bass)
    assert weimar_chord("NC") is None


def test_tensorflow_tensors_and_back():
    network = Network(5, 4, 2, 3).eval()
    rows = np.random.default_rng(1).normal(size=(6, 5)).astype(np.float32)
    (here,), (there,) = run_all(network, [rows]), run_all(from_tensors(to_tensors(network)), [rows])
    torch.testing.assert_close(here, there)


def test_quantising_is_exact_to_half_a_level():
    array = np.random.default_rng(1).normal(size=1000).astype(np.float32)
    quantised, scale, least = quantise(array)
    assert np.abs(quantised * scale + least - array).max() <= scale * 0.501


@pytest.mark.parametrize("layout", [place.LAYOUT, solo.LAYOUT, drums.LAYOUT, melody.LAYOUT, feel.LAYOUT, feel.OUTPUTS])
def test_the_document_has_every_field_at_its_index(layout):
    document = (Path(__file__).parent.parent / "ENCODINGS.md").read_text()
    for field, start in layout.start.items():
        last = start + layout.sizes[field] - 1
        assert f"| {start}–{last} | `{field}` |" in document or f"| {start} | `{field}` |" in document
