"""Trains `melody` on the 4/4 solos of Weimar and the leads of OpenEWLD, and on what `solo` would play there."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import Module
from torch.nn.functional import log_softmax

from . import solo
from .checkpoint import read_checkpoint
from .corpora.drumming import Metre
from .corpora.line import Line
from .corpora.openewld import openewld_leads
from .corpora.weimar import weimar_solos
from .encodings.melody import (
    AUXILIARY_INPUTS,
    CHORDS,
    CLASSES,
    FIRST_INTERVAL,
    LAYOUT,
    Melody,
    MelodyEncoder,
    labels,
    melody_of,
    on_steps,
    rows,
)
from .encodings.solo import LARGEST_INTERVAL
from .fitting import Settings, fit
from .invented import invented_line
from .network import Network, nats, run_all, summed_nats
from .statistics import statistics
from .trained import Trained, example

HIDDEN, LAYERS = 192, 2
DROPOUT, RECURRENT_DROPOUT, WEIGHT_DECAY = 0.4, 0.4, 0.02
LENGTH = 160
WITHOUT_CHORDS = 0.5
INTERVAL_WEIGHT = 2
# How much the teacher counts, against the interval that was played.
TEACHER_WEIGHT = 0.5
TEACHER = Path(__file__).parents[2] / "weights" / "solo"
TEMPERATURE = 0.95
EXAMPLE_NOTES = 24
METRES = {"4/4": Metre(4, 4), "2/2": Metre(4, 4), "3/4": Metre(3, 4), "2/4": Metre(2, 4), "6/8": Metre(6, 8)}


class Corpus:
    """All melodies encoded, split by tune; and as many that the teacher plays on the rhythms and over the chords of
    those to learn from. Everywhere the teacher's chances of the intervals are known, with chords and without."""

    def __init__(self, data: Path, teacher: Network):
        solos = [line for line in weimar_solos(data) if line.metre == "4/4"]
        self.validation_lines = [line for line in solos if line.is_held_out]
        self.validation = [melody_of(line, METRES[line.metre]) for line in self.validation_lines]
        self.validating = [encode(melody) for melody in self.validation]
        leads = [line for line in openewld_leads(data) if line.metre in METRES]
        played = [on_grid(line) for line in (*solos, *leads) if not line.is_held_out]
        random = np.random.default_rng(1)
        lines = [*played, *(improvised(teacher, line, random) for line in played)]
        self.training = [encode(melody_of(line, METRES[line.metre])) for line in lines]
        # In its own lines only the teacher's chances are learnt: which interval was drawn says nothing more.
        self.teacher_weights = np.repeat([TEACHER_WEIGHT, 1.0], len(played)).astype(np.float32)
        self.chances = np.array([len(targets) for _, targets in self.training], np.float64)
        self.chances /= self.chances.sum()
        told = [solo.encode(line)[0] for line in lines]
        untold = [solo.without(rows, ("chords",)) for rows in told]
        self.taught = [
            {True: chances_at(goals, with_chords), False: chances_at(goals, without)}
            for (_, goals), with_chords, without in zip(self.training, run_all(teacher, told), run_all(teacher, untold))
        ]

    def loss(self, network: Module, randoms: list[np.random.Generator]) -> tuple[torch.Tensor, int]:
        """Random stretches, half of them without chords."""
        inputs = np.zeros((LENGTH, len(randoms), LAYOUT.size), np.float32)
        targets = np.full((LENGTH, len(randoms)), -1, np.int64)
        taught = np.zeros((LENGTH, len(randoms), CLASSES - FIRST_INTERVAL), np.float32)
        for column, random in enumerate(randoms):
            line = random.choice(len(self.training), p=self.chances)
            given, goals = self.training[line]
            start = random.integers(max(1, len(goals) - LENGTH + 1))
            length = min(LENGTH, len(goals) - start)
            inputs[:length, column] = given[start : start + length]
            targets[:length, column] = goals[start : start + length]
            chords = random.random() >= WITHOUT_CHORDS
            if not chords:
                inputs[:, column, CHORDS] = 0
            weight = self.teacher_weights[line]
            taught[:length, column] = weight * self.taught[line][chords][start : start + length]
            begins = np.flatnonzero(targets[:length, column] >= FIRST_INTERVAL)
            taught[begins, column, targets[begins, column] - FIRST_INTERVAL] += 1 - weight
        return weighed_nats(network(torch.from_numpy(inputs))[0], torch.from_numpy(targets), torch.from_numpy(taught))


def on_grid(line: Line) -> Line:
    """The line on sixteenths: where two notes begin on one of them, the first."""
    return replace(line, notes=list(on_steps(line).values()))


def improvised(teacher: Network, line: Line, random: np.random.Generator) -> Line:
    """The line with other pitches: those that the teacher plays on its rhythm and over its chords."""
    pitches = solo.improvise(teacher, line, 1.0, random)
    return replace(line, notes=[replace(note, pitch=int(pitch)) for note, pitch in zip(line.notes, pitches)])


def weighed_nats(logits: torch.Tensor, targets: torch.Tensor, taught: torch.Tensor) -> tuple[torch.Tensor, int]:
    """The summed negative log-likelihood, where the interval of a note counts more than that there is one: in classic
    mode a model's rhythm is not heard. What is learnt of the intervals are chances: those that the teacher gives, and
    the one that was played (Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015)."""
    intervals = logits[..., FIRST_INTERVAL:]
    events = torch.cat([logits[..., :FIRST_INTERVAL], intervals.logsumexp(-1, keepdim=True)], -1)
    rhythm, count = summed_nats(events, targets.clamp(max=FIRST_INTERVAL))
    return rhythm - INTERVAL_WEIGHT * (taught * log_softmax(intervals, -1)).sum(), count


def chances_at(goals: np.ndarray, logits: torch.Tensor) -> np.ndarray:
    """The chances of the intervals at each step, which are 0 where no note begins."""
    result = np.zeros((len(goals), logits.shape[1]), np.float16)
    result[goals >= FIRST_INTERVAL] = torch.softmax(logits, 1)
    return result


def encode(melody: Melody) -> tuple[np.ndarray, np.ndarray]:
    """A row's values are a few fractions and many ones: half precision holds them all."""
    return rows(melody).astype(np.float16), labels(melody.events)


def without_chords(rows: np.ndarray) -> np.ndarray:
    rows = rows.copy()
    rows[:, CHORDS] = 0
    return rows


def figures(network: Network, encoded: list[tuple[np.ndarray, np.ndarray]], chords: bool) -> tuple[float, float]:
    """Nats a step; and nats a note: of the interval where a note begins, given that one does."""
    given = [rows.astype(np.float32) if chords else without_chords(rows).astype(np.float32) for rows, _ in encoded]
    logits = run_all(network, given)
    begins = [np.flatnonzero(goals >= FIRST_INTERVAL) for _, goals in encoded]
    a_note = nats(
        [each[steps, FIRST_INTERVAL:] for each, steps in zip(logits, begins)],
        [goals[steps] - FIRST_INTERVAL for (_, goals), steps in zip(encoded, begins)],
    )
    return nats([each[1:] for each in logits], [goals[1:] for _, goals in encoded]), a_note


@torch.no_grad()
def improvise(
    network: Network, melody: Melody, chords: bool, temperature: float, random: np.random.Generator
) -> list[int]:
    """Pitches on the rhythm of a melody, from its first pitch on; the model may only choose the pitch."""
    encoder, state, pitches = MelodyEncoder(melody.first_step, melody.metre, melody.chords if chords else []), None, []
    for event in melody.events:
        logits, state = network(torch.from_numpy(encoder.row())[None, None], state)
        if event >= 0 and pitches:
            chances = torch.softmax(logits[0, 0, FIRST_INTERVAL:].double() / temperature, 0).numpy()
            event = pitches[-1] + random.choice(len(chances), p=chances) - LARGEST_INTERVAL
        if event >= 0:
            pitches.append(int(event))
        encoder.happened(int(event))
    return pitches


def measure(network: Network, corpus: Corpus) -> dict[str, Any]:
    lines = [on_grid(line) for line in corpus.validation_lines]
    measured: dict[str, Any] = {}
    for name, chords in (("with_chords", True), ("without_chords", False)):
        random = np.random.default_rng(1)
        a_step, a_note = figures(network, corpus.validating, chords)
        played = [improvise(network, melody, chords, TEMPERATURE, random) for melody in corpus.validation]
        measured[name] = {"nll": a_step, "pitch_nll": a_note, "free_running": statistics(lines, played)}
    return measured | {"human": statistics(lines, [[note.pitch for note in line.notes] for line in lines])}


def examples(network: Network) -> list[dict[str, Any]]:
    """An invented line, with chords and without."""
    result = []
    for chords in (True, False):
        line = invented_line(EXAMPLE_NOTES, chords)
        melody = melody_of(line, Metre(4, 4))
        facts = {
            "metre": "4/4",
            "firstStep": melody.first_step,
            "chords": [chord and asdict(chord) for chord in melody.chords] if chords else [],
        }
        result.append(example(network, rows(melody), facts, [{"event": int(event)} for event in melody.events]))
    return result


def train(data: Path, run: Path, steps: int) -> Trained:
    corpus = Corpus(data, read_checkpoint(TEACHER))
    torch.manual_seed(1)
    network = Network(LAYOUT.size, HIDDEN, LAYERS, CLASSES, DROPOUT, recurrent_dropout=RECURRENT_DROPOUT)

    def validate(model: Network) -> float:
        """Of the pitches alone, with chords and without: they are what an answer is made of."""
        return sum(figures(model, corpus.validating, chords)[1] for chords in (True, False)) / 2

    best = fit(network, corpus.loss, validate, Settings(steps, weight_decay=WEIGHT_DECAY), run)
    config = {
        "type": "MusicRNN",
        "dataConverter": {"type": "IntervalMelodyEncoder", "args": {"largestInterval": LARGEST_INTERVAL}},
        "auxInputs": AUXILIARY_INPUTS,
        "tradefours": {"name": "melody", "version": 2, "temperature": TEMPERATURE},
    }
    return Trained(
        "melody",
        best,
        config,
        validate,
        lambda model: measure(model, corpus),
        examples,
        [line.id for line in corpus.validation_lines],
        run,
    )
