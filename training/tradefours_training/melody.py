"""Trains `melody` on the 4/4 solos of Weimar and the leads of OpenEWLD, and then on what `solo` would play there."""

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

HIDDEN, LAYERS = 168, 2
DROPOUT, RECURRENT_DROPOUT = 0.3, 0.3
LENGTH = 160
WITHOUT_CHORDS = 0.5
INTERVAL_WEIGHT = 2
# The second stage: how many updates for each of the first, at which rate, and how much the teacher counts.
TAUGHT_SHARE, TAUGHT_RATE, TEACHER_WEIGHT = 0.5, 1e-3, 0.5
TEACHER = Path(__file__).parents[2] / "weights" / "solo"
TEMPERATURE = 0.95
EXAMPLE_NOTES = 24
METRES = {"4/4": Metre(4, 4), "2/2": Metre(4, 4), "3/4": Metre(3, 4), "2/4": Metre(2, 4), "6/8": Metre(6, 8)}


class Corpus:
    """All melodies encoded, split by tune."""

    def __init__(self, data: Path):
        solos = [line for line in weimar_solos(data) if line.metre == "4/4"]
        leads = [line for line in openewld_leads(data) if line.metre in METRES]
        melodies = [(line, melody_of(line, METRES[line.metre])) for line in [*solos, *leads]]
        held_out = [pair for pair in melodies[: len(solos)] if pair[0].is_held_out]
        self.validation_lines, self.validation = zip(*held_out)
        learnt = [pair for pair in melodies if not pair[0].is_held_out]
        self.lines = [line for line, _ in learnt]
        self.training = [encode(melody) for _, melody in learnt]
        self.validating = [encode(melody) for melody in self.validation]
        self.chances = np.array([len(targets) for _, targets in self.training], np.float64)
        self.chances /= self.chances.sum()
        self.taught: list[dict[bool, np.ndarray]] = []

    def teach(self, teacher: Network) -> None:
        """From here on the teacher's chances are learnt beside the notes that were played: with chords and without."""
        told = [solo.encode(replace(line, notes=list(on_steps(line).values())))[0] for line in self.lines]
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
            if self.taught:
                taught[:length, column] = self.taught[line][chords][start : start + length]
        logits = network(torch.from_numpy(inputs))[0]
        return weighed_nats(logits, torch.from_numpy(targets), torch.from_numpy(taught) if self.taught else None)


def weighed_nats(
    logits: torch.Tensor, targets: torch.Tensor, taught: torch.Tensor | None = None
) -> tuple[torch.Tensor, int]:
    """The summed negative log-likelihood, where the interval of a note counts more than that there is one: in classic
    mode a model's rhythm is not heard. With a teacher's chances of the intervals, they count beside the one that was
    played (Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015)."""
    intervals = logits[..., FIRST_INTERVAL:]
    events = torch.cat([logits[..., :FIRST_INTERVAL], intervals.logsumexp(-1, keepdim=True)], -1)
    rhythm, count = summed_nats(events, targets.clamp(max=FIRST_INTERVAL))
    pitches, _ = summed_nats(intervals, (targets - FIRST_INTERVAL).clamp(min=-1))
    if taught is not None:
        pitches = (1 - TEACHER_WEIGHT) * pitches - TEACHER_WEIGHT * (taught * log_softmax(intervals, -1)).sum()
    return rhythm + INTERVAL_WEIGHT * pitches, count


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
    lines = [replace(line, notes=list(on_steps(line).values())) for line in corpus.validation_lines]
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
    corpus = Corpus(data)
    torch.manual_seed(1)
    network = Network(LAYOUT.size, HIDDEN, LAYERS, CLASSES, DROPOUT, recurrent_dropout=RECURRENT_DROPOUT)

    def validate(model: Network) -> float:
        """Of the pitches alone, with chords and without: they are what an answer is made of."""
        return sum(figures(model, corpus.validating, chords)[1] for chords in (True, False)) / 2

    best = fit(network, corpus.loss, validate, Settings(steps), run / "first")
    network.load_state_dict(best.state_dict())
    corpus.teach(read_checkpoint(TEACHER))
    taught = Settings(round(steps * TAUGHT_SHARE), rate=TAUGHT_RATE, seed=2)
    best = fit(network, corpus.loss, validate, taught, run / "second")
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
        [run / "first", run / "second"],
    )
