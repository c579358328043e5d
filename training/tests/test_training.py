"""Trains every model for a few updates on invented corpora."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from small_corpora import TITLES, write_corpora
from tradefours_training.__main__ import main
from tradefours_training.checkpoint import read_checkpoint

MODELS = ["solo", "drums", "melody", "feel", "phrase"]


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    return write_corpora(tmp_path_factory.mktemp("corpora"))


def arguments(model, data, folder, steps):
    given = {"data": data, "run-folder": folder / "run", "out": folder / "weights", "vectors": folder / "vectors.json"}
    given |= {"steps": steps, "threads": 1}
    return [model, *(word for name, value in given.items() for word in (f"--{name}", str(value)))]


def train(monkeypatch, model, data, folder, steps):
    monkeypatch.setattr(sys, "argv", ["tradefours_training", *arguments(model, data, folder, steps)])
    main()
    return folder / "weights"


@pytest.mark.parametrize("model", MODELS)
def test_a_model_trains_and_its_checkpoint_gives_the_logits_of_its_vectors(model, data, tmp_path, monkeypatch):
    network = read_checkpoint(train(monkeypatch, model, data, tmp_path, steps=2))
    examples = json.loads((tmp_path / "vectors.json").read_text())["examples"]
    for example in examples:
        state = None
        for step in example["steps"]:
            row = torch.zeros(1, 1, network.inputs)
            for index, value in step["row"]:
                row[0, 0, index] = value
            with torch.no_grad():
                logits, state = network(row, state)
            assert logits[0, 0].tolist() == pytest.approx(step["logits"], abs=2e-4)


def test_a_performer_who_is_held_out_is_not_learnt_from(data):
    from tradefours_training import phrase
    from tradefours_training.corpora.line import held_out_performers

    def split():
        corpus = phrase.Corpus(data)
        return len(corpus.training), len(corpus.validation)

    assert split() == (1, 1)
    held_out_performers.add(f"Player of {TITLES[0]}")
    assert split() == (0, 2)
    held_out_performers.add("Nobody")
    with pytest.raises(SystemExit, match="no solo of Nobody"):
        split()
    held_out_performers.clear()


def test_a_training_that_stopped_goes_on_as_if_it_had_not(data, tmp_path, monkeypatch):
    from tradefours_training import feel
    from tradefours_training.fitting import Settings, fit
    from tradefours_training.network import Network

    corpus = feel.Corpus(data)

    def trained(run, *stops):
        for stop in stops:
            torch.manual_seed(1)
            network = Network(feel.LAYOUT.size, 8, 1, feel.OUTPUTS.size)
            # The rate follows `steps`, so an interruption is played by an exception, not by fewer steps.
            updates = iter(range(stop))

            def loss(model, randoms, updates=updates):
                if next(updates, None) is None:
                    raise InterruptedError
                return corpus.loss(model, randoms)

            try:
                result = fit(
                    network,
                    loss,
                    lambda model: feel.validate(model, corpus.validation)["nll"],
                    Settings(steps=4, every=1),
                    run,
                )
            except InterruptedError:
                continue
        return result

    straight, interrupted = trained(tmp_path / "a", 4), trained(tmp_path / "b", 2, 4)
    for one, other in zip(straight.parameters(), interrupted.parameters()):
        torch.testing.assert_close(one, other, rtol=0, atol=0)


@pytest.mark.parametrize("model", ["drums", "feel"])
def test_two_processes_train_as_one_does(model, data, tmp_path, monkeypatch):
    train(monkeypatch, model, data, tmp_path / "one", steps=3)
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    command = [*torchrun, "-m", "tradefours_training", *arguments(model, data, tmp_path / "two", steps=3)]
    subprocess.run(command, check=True, cwd=Path(__file__).parent.parent, env=os.environ | {"OMP_NUM_THREADS": "1"})
    one, two = (torch.load(tmp_path / name / "run" / "last.pt", weights_only=True) for name in ("one", "two"))
    assert two["history"][-1]["training"] == pytest.approx(one["history"][-1]["training"], abs=1e-5)
    for name, weights in one["network"].items():
        torch.testing.assert_close(two["network"][name], weights, rtol=0, atol=2e-5)
