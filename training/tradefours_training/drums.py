"""Trains `drums`: first a language model of drumming, then the answer to a fixed groove."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from .corpora.drumming import Metre, Take
from .corpora.freedoom import freedoom_takes
from .corpora.groove import groove_takes
from .encodings.drums import AUXILIARY_INPUTS, LAYOUT, TOKENS, fixed_groove, rows
from .fitting import Settings, fit
from .invented import invented_groove
from .network import Network, nats, run_all
from .ngram import best_ngram
from .trained import Trained, example

HIDDEN, LAYERS, DROPOUT = 192, 2, 0.3
BATCH, LENGTH = 32, 128
GROOVE_SHARE = 0.8
# How a 4/4 measure is cut, and its beats repeated, into other metres: the steps to take.
AUGMENTATIONS = [
    (Metre(3, 4), [*range(0, 12)]),
    (Metre(3, 4), [*range(0, 8), *range(12, 16)]),
    (Metre(5, 4), [*range(0, 16), *range(12, 16)]),
    (Metre(5, 4), [*range(0, 12), *range(8, 16)]),
    (Metre(6, 8), [0, 1, 2, 3, 2, 3, 4, 5, 6, 7, 6, 7]),
    (Metre(7, 8), [*range(0, 14)]),
    (Metre(7, 8), [*range(0, 12), 14, 15]),
    (Metre(5, 8), [*range(0, 10)]),
    (Metre(7, 4), [*range(0, 16), *range(4, 16)]),
]
AUGMENTED_SHARE = 0.3
PHRASES = (1, 2, 4)
STRAY_BASS_SHARE = 0.5
ANSWERING_SHARE = 0.6


def to_tokens(take: Take) -> np.ndarray:
    tokens = np.zeros(take.steps, np.int64)
    for hit in take.hits:
        tokens[hit.step] |= 1 << hit.drum
    return tokens


class Part:
    """A take as tokens, with the steps on which its bass begins a note (the kick's, where there is no bass)."""

    def __init__(self, take: Take):
        self.id, self.metre, self.tokens = take.id, take.metre, to_tokens(take)
        kicks = self.tokens & 1
        bass = np.isin(np.arange(take.steps), list(take.bass)).astype(np.int64)
        self.onsets = bass if take.bass else kicks

    def window(self, measure: int, measures: int, metre: Metre, steps: list[int]) -> tuple[np.ndarray, np.ndarray]:
        """Tokens and bass onsets of some measures, each made of the given `steps` of it and so in another metre."""
        span = slice(measure * self.metre.steps, (measure + measures) * self.metre.steps)
        tokens, onsets = (
            values[span].reshape(-1, self.metre.steps)[:, steps].ravel() for values in (self.tokens, self.onsets)
        )
        return tokens, onsets


def stray(onsets: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A bassline less tied to the kick: some onsets left out, some added on eighths."""
    kept = onsets * (random.random(len(onsets)) > 0.15)
    added = (random.random(len(onsets)) < 0.1) & (np.arange(len(onsets)) % 2 == 0)
    return np.maximum(kept, added)


class Corpus:
    def __init__(self, data: Path):
        takes = [replace(take, id=f"groove/{take.id}") for take in groove_takes(data)]
        self.groove = [Part(take) for take in takes if not take.validation]
        others = freedoom_takes(data)
        freedoom = [Part(take) for take in others if not take.validation]
        self.training = self.groove + freedoom
        self.validation = [Part(take) for take in takes if take.validation]
        self.bass_validation = [Part(take) for take in others if take.validation and take.bass]
        lengths = [np.array([len(part.tokens) for part in parts], np.float64) for parts in (self.groove, freedoom)]
        self.chances = np.concatenate(
            [share * length / length.sum() for share, length in zip((GROOVE_SHARE, 1 - GROOVE_SHARE), lengths)]
        )

    def draw(self, random: np.random.Generator, measures: int | None) -> tuple[np.ndarray, np.ndarray, Metre]:
        """A random window of a random part, in 4/4 sometimes recut into another metre."""
        part = self.training[random.choice(len(self.training), p=self.chances)]
        metre, steps = part.metre, list(range(part.metre.steps))
        if metre == Metre(4, 4) and random.random() < AUGMENTED_SHARE:
            metre, steps = AUGMENTATIONS[random.integers(len(AUGMENTATIONS))]
        whole = len(part.tokens) // part.metre.steps
        count = min(whole, measures or -(-LENGTH // len(steps)))
        start = random.integers(whole - count + 1)
        return *part.window(start, count, metre, steps), metre

    def batch(self, random: np.random.Generator, answering: float) -> tuple[torch.Tensor, torch.Tensor]:
        """Windows of drumming; a share `answering` of them after the fixed groove of their bass, which is given."""
        inputs = np.zeros((LENGTH, BATCH, LAYOUT.size), np.float32)
        targets = np.full((LENGTH, BATCH), -1, np.int64)
        for column in range(BATCH):
            if random.random() < answering:
                tokens, onsets, metre = self.draw(random, random.choice(PHRASES))
                if random.random() < STRAY_BASS_SHARE:
                    onsets = stray(onsets, random)
                primer = len(tokens)
                tokens = np.concatenate([fixed_groove(onsets, metre), tokens])
            else:
                tokens, _, metre = self.draw(random, None)
                primer = 0
            count = min(LENGTH, len(tokens))
            inputs[:count, column] = rows(tokens, metre, primer)[:count]
            targets[primer:count, column] = tokens[primer:count]
        return torch.from_numpy(inputs), torch.from_numpy(targets)

    def loss(self, network: Network, random: np.random.Generator, answering: float) -> torch.Tensor:
        inputs, targets = self.batch(random, answering)
        logits, _ = network(inputs)
        return cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-1)


def language_nll(network: Network, parts: list[Part]) -> float:
    """Nats a step over whole takes."""
    return nats(run_all(network, [rows(part.tokens, part.metre) for part in parts]), [part.tokens for part in parts])


def answers(parts: list[Part], measures: int = 2) -> list[tuple[np.ndarray, int, Metre]]:
    """All windows of `measures`, in turn, after their fixed groove: the tokens, how many of them are the fixed
    groove's, and the metre."""
    result = []
    for part in parts:
        for start in range(0, len(part.tokens) // part.metre.steps - measures + 1, measures):
            tokens, onsets = part.window(start, measures, part.metre, list(range(part.metre.steps)))
            result.append((np.concatenate([fixed_groove(onsets, part.metre), tokens]), len(tokens), part.metre))
    return result


def answer_nll(network: Network, parts: list[Part], guided: bool = True) -> float:
    """Nats a step of the drummer's measures after their fixed groove. The first stage has not learnt to use the inputs
    that show the fixed groove's place: not `guided`, it has it as its past alone."""
    sequences = answers(parts)
    inputs = [rows(tokens, metre, primer if guided else 0) for tokens, primer, metre in sequences]
    logits = run_all(network, inputs, together=64)
    return nats(
        [each[primer:] for each, (_, primer, _) in zip(logits, sequences)],
        [tokens[primer:] for tokens, primer, _ in sequences],
    )


def measure(network: Network, first: Network, corpus: Corpus) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "nll": language_nll(network, corpus.validation),
        "nll_first_stage": language_nll(first, corpus.validation),
        "answer_nll": answer_nll(network, corpus.validation),
        "answer_nll_first_stage": answer_nll(first, corpus.validation, guided=False),
        "bass_answer_nll": answer_nll(network, corpus.bass_validation),
        "bass_answer_nll_first_stage": answer_nll(first, corpus.bass_validation, guided=False),
    }
    figures["ngram_nll"], figures["ngram_order"] = best_ngram(
        TOKENS, *([part.tokens.tolist() for part in parts] for parts in (corpus.groove, corpus.validation))
    )
    return figures


def examples(network: Network) -> list[dict[str, Any]]:
    """An invented groove after its fixed groove, and one in 7/8 by itself."""
    answer, alone = invented_groove(Metre(4, 4), 1), invented_groove(Metre(7, 8), 2)
    tokens = np.concatenate([fixed_groove(answer & 1, Metre(4, 4)), answer])
    return [
        example(
            network,
            rows(tokens, metre, primer),
            {"metre": str(metre), "primer": primer},
            [{"token": int(token)} for token in tokens],
        )
        for tokens, metre, primer in ((tokens, Metre(4, 4), len(answer)), (alone, Metre(7, 8), 0))
    ]


def train(data: Path, run: Path, steps: int) -> Trained:
    """Both stages; the second is half as long and keeps drumming without a fixed groove as a part of its task."""
    corpus = Corpus(data)
    torch.manual_seed(1)
    network = Network(LAYOUT.size, HIDDEN, LAYERS, TOKENS, DROPOUT)
    first = fit(
        network,
        lambda model, random: corpus.loss(model, random, answering=0.0),
        lambda model: language_nll(model, corpus.validation),
        Settings(steps),
        run / "first",
    )
    network.load_state_dict(first.state_dict())

    def validate(model: Network) -> float:
        return answer_nll(model, corpus.validation)

    second = fit(
        network,
        lambda model, random: corpus.loss(model, random, answering=ANSWERING_SHARE),
        validate,
        Settings(steps // 2, rate=1e-3, seed=2),
        run / "second",
    )
    config = {
        "type": "MusicRNN",
        "dataConverter": {"type": "DrumsOneHotConverter"},
        "auxInputs": AUXILIARY_INPUTS,
        "tradefours": {"name": "drums", "version": 1, "temperature": 1.0},
    }
    return Trained(
        "drums",
        second,
        config,
        validate,
        lambda model: measure(model, first, corpus),
        examples,
        [part.id for part in [*corpus.validation, *corpus.bass_validation]],
        [run / "first", run / "second"],
    )
