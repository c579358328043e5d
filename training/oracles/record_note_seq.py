"""Records what note-seq's encoders make of seeded random melodies, chords and drums.

    python record_note_seq.py OUTPUT_FOLDER      writes encodings.json

A vector is stored as its non-zero entries, [[index, value], ...]. `inputs[i]` is the input after event i has
sounded, `labels[i]` the class that stands for event i, given the events before it.
"""

import random
import sys
from pathlib import Path

import note_seq
from compact_json import sparse, write_json
from note_seq import chord_symbols_lib as chord_symbols

HOLD, NOTE_OFF = note_seq.MELODY_NO_EVENT, note_seq.MELODY_NOTE_OFF
BAR = note_seq.DEFAULT_STEPS_PER_BAR
MAJOR = (0, 2, 4, 5, 7, 9, 11)

MELODY_LENGTHS = (1, 2, 7, 15, 16, 17, 31, 33, 40, 48, 64, 70)
TRIADS = ["N.C.", "C", "Am", "F#", "Bbm", "Eb", "G#m", "Db"]
ALTERED_TRIADS = [*TRIADS, "Caug", "F#dim", "Bbaug", "Gdim"]
SEVENTHS = [
    "C7",
    "Dm7",
    "Cmaj7",
    "Em7b5",
    "Bdim7",
    "F6",
    "Am6",
    "G9",
    "Cm9",
    "Cmaj9",
    "D13",
    "Ebmaj7",
    "Ebm11",
    "E7b9",
    "A7#5",
    "Cm(maj7)",
    "Do7",
]
OTHERS = ["Gsus", "Asus2", "G7sus", "C/E", "Dm7/G", "F#m7b5/A", "Bb5", "Ab+", "Fadd9", "Cped"]
FIGURES = ALTERED_TRIADS + SEVENTHS + OTHERS


def random_melody(rng, length, low, high):
    """A walk on a major scale with holds and rests, a third of whose bars repeat an earlier one."""
    tonic = rng.randrange(12)
    scale = [pitch for pitch in range(low, high) if (pitch - tonic) % 12 in MAJOR]
    place = rng.randrange(len(scale))
    events = []
    while len(events) < length:
        bars_back = rng.choice((0, 0, 0, 0, 1, 2))
        if bars_back and len(events) >= bars_back * BAR:
            start = len(events) - bars_back * BAR
            events += events[start : start + BAR]
            continue
        for _ in range(BAR):
            kind = rng.random()
            if kind < 0.45:
                place = min(max(place + rng.randint(-4, 4), 0), len(scale) - 1)
                events.append(scale[place])
            else:
                events.append(NOTE_OFF if kind < 0.6 else HOLD)
    return events[:length]


def random_drums(rng, length):
    """Beats of up to four drums; the pitches are any of the class's, not just its first, and 3 belongs to none."""
    pitches = [pitch for drums in note_seq.drums_encoder_decoder.DEFAULT_DRUM_TYPE_PITCHES for pitch in drums] + [3]
    return [frozenset(rng.sample(pitches, rng.choice((0, 0, 1, 1, 2, 4)))) for _ in range(length)]


def random_chords(rng, figures, length):
    """A new chord every few steps, so that changes fall on and off the beat."""
    chords = []
    while len(chords) < length:
        chords += [rng.choice(figures)] * rng.choice((3, 4, 8))
    return chords[:length]


def plain(event):
    """A drum event is a set of pitches, a melody event a number."""
    return sorted(event) if isinstance(event, frozenset) else int(event)


def encode_events(encoder, events):
    return {
        "events": [plain(event) for event in events],
        "inputs": [sparse(encoder.events_to_input(events, i)) for i in range(len(events))],
        "labels": [int(encoder.events_to_label(events, i)) for i in range(len(events))],
    }


def encode_with_chords(encoder, events, chords):
    """`chords` is one longer than `events`: the input at i holds event i and the chord of step i + 1."""
    return {
        "events": events,
        "chords": chords,
        "inputs": [sparse(encoder.events_to_input(chords, events, i)) for i in range(len(events))],
        "labels": [int(encoder.events_to_label(events, i)) for i in range(len(events))],
    }


def decode_classes(encoder, history):
    """The event that each class stands for after `history`."""
    events = [encoder.class_index_to_event(index, history) for index in range(encoder.num_classes)]
    return {"history": [plain(event) for event in history], "events": [plain(event) for event in events]}


def record(encoder, sequences, histories):
    return {
        "inputSize": encoder.input_size,
        "classes": encoder.num_classes,
        "sequences": sequences,
        "decoded": [decode_classes(encoder, history) for history in histories],
    }


def record_melodies(encoder, melodies):
    histories = [melodies[1], melodies[6], max(melodies, key=len)]  # under one bar, under two, and over
    return record(encoder, [encode_events(encoder, melody) for melody in melodies], histories)


def record_conditioned(chord_encoder, figures, melodies, rng):
    melody_encoder = note_seq.OneHotEventSequenceEncoderDecoder(note_seq.MelodyOneHotEncoding(48, 84))
    encoder = note_seq.ConditionalEventSequenceEncoderDecoder(chord_encoder, melody_encoder)
    sequences = [
        encode_with_chords(encoder, melody, random_chords(rng, figures, len(melody) + 1)) for melody in melodies
    ]
    return record(encoder, sequences, [melodies[1]])


def squashed(events):
    """A melody as Magenta's melody models get it, in C and in their range, and by how much it was transposed."""
    melody = note_seq.Melody(list(events))
    played = [int(event) for event in melody]  # it takes note offs before the first note for holds
    semitones = melody.squash(48, 84, transpose_to_key=0)
    return {"events": played, "semitones": int(semitones), "squashed": [int(event) for event in melody]}


def describe_chord(figure):
    """Pitch classes, with `quality` 0 major, 1 minor, 2 augmented, 3 diminished, 4 other."""
    return {
        "root": chord_symbols.chord_symbol_root(figure),
        "bass": chord_symbols.chord_symbol_bass(figure),
        "pitches": sorted(chord_symbols.chord_symbol_pitches(figure)),
        "quality": chord_symbols.chord_symbol_quality(figure),
    }


def main(folder):
    rng = random.Random(2026)
    one_hot = note_seq.OneHotEventSequenceEncoderDecoder
    melodies = [random_melody(rng, length, 48, 84) for length in MELODY_LENGTHS]
    melodies.append([NOTE_OFF, HOLD] * 10 + [48, NOTE_OFF, 83, HOLD])  # starts with rests, holds both end pitches
    wide_melodies = [random_melody(rng, length, 0, 128) for length in MELODY_LENGTHS[:8]] + [[0, 127, NOTE_OFF]]
    # Magenta's drum_kit: no lookback, six counter bits, so 512 + 6 inputs, just as DrumsOneHotConverter with
    # BinaryCounter has in Magenta.js.
    drum_kit = note_seq.LookbackEventSequenceEncoderDecoder(
        note_seq.MultiDrumOneHotEncoding(), lookback_distances=[], binary_counter_bits=6
    )
    beats = [random_drums(rng, length) for length in MELODY_LENGTHS[::2] + (130,)]
    chorded = melodies[1:10:2]
    # Every key, some of them where a half is rounded: Python rounds it to the even number.
    transposed = [[pitch + by for pitch in (47, 49, 51, 52, 54, 52)] for by in range(24)]
    write_json(
        folder / "encodings.json",
        {
            "source": f"note-seq {note_seq.__version__}",
            "basic": record_melodies(one_hot(note_seq.MelodyOneHotEncoding(48, 84)), melodies),
            "mono": record_melodies(one_hot(note_seq.MelodyOneHotEncoding(0, 128)), wide_melodies),
            "lookback": record_melodies(
                note_seq.LookbackEventSequenceEncoderDecoder(note_seq.MelodyOneHotEncoding(48, 84)), melodies
            ),
            "attention": record_melodies(note_seq.KeyMelodyEncoderDecoder(48, 84), melodies),
            "chord-pitches": record_conditioned(note_seq.PitchChordsEncoderDecoder(), FIGURES, chorded, rng),
            "triads": record_conditioned(one_hot(note_seq.TriadChordOneHotEncoding()), ALTERED_TRIADS, chorded, rng),
            "major-minor": record_conditioned(one_hot(note_seq.MajorMinorChordOneHotEncoding()), TRIADS, chorded, rng),
            "drums": record(drum_kit, [encode_events(drum_kit, beat) for beat in beats], [[]]),
            "squashed": [squashed(melody) for melody in melodies + wide_melodies + transposed],
            "chords": {figure: describe_chord(figure) for figure in FIGURES if figure != note_seq.NO_CHORD},
        },
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
