"""The encodings' laws."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tradefours_training.checkpoint import from_tensors, quantise, to_tensors
from tradefours_training.chords import Chord, weimar_chord
from tradefours_training.corpora.drumming import Metre
from tradefours_training.encodings import drums, feel, melody, place, solo
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


def test_drum_rows_never_look_ahead_beyond_the_primer():
    metre, answer = Metre(7, 8), invented_groove(Metre(7, 8), 2)
    primer = drums.fixed_groove(answer & 1, metre)
    silent = np.concatenate([primer, np.zeros_like(answer)])
    rows = drums.rows(np.concatenate([primer, answer]), metre, len(primer))
    np.testing.assert_array_equal(rows[: len(primer) + 1], drums.rows(silent, metre, len(primer))[: len(primer) + 1])


def test_the_fixed_groove_is_the_rule_of_the_paper():
    onsets = np.array([0, 0, 0, 1] * 3)
    assert drums.fixed_groove(onsets, Metre(3, 4)).tolist() == [5, 0, 4, 2, 4, 0, 4, 2, 4, 0, 4, 2]


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


def test_melody_tokens_hold_and_end_notes():
    tokens, first_step = melody.melody_tokens(invented_line(4, chords=False))
    assert first_step == 4
    assert tokens.tolist() == [26, 0, 28, 0, 29, 0, 1, 0, 31, 1]


def test_transposing_there_and_back_changes_nothing_within_the_range():
    tokens, _ = melody.melody_tokens(invented_line(12, chords=False))
    np.testing.assert_array_equal(melody.transposed(melody.transposed(tokens, 5), -5), tokens)


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
