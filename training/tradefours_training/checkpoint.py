"""Checkpoint folders in Magenta.js's format: `config.json`, `weights_manifest.json` and one shard.

Tensors carry TensorFlow's names and meaning: a kernel is [input + hidden, 4 * hidden] with its gates in the order
i, j, f, o, and one is added to the forget gate's bias at run time. PyTorch's order is i, f, j, o.
"""

import json
from pathlib import Path

import numpy as np
import torch

from .network import Network

CELL = "rnn/multi_rnn_cell/cell_{}/basic_lstm_cell/{}"
HEAD = "fully_connected/{}"
SHARD = "group1-shard1of1"
LEVELS = 65535


def swap_gates(array: np.ndarray) -> np.ndarray:
    """Exchanges the second and third quarters of the last axis: i, f, j, o ↔ i, j, f, o."""
    first, second, third, fourth = np.split(array, 4, axis=-1)
    return np.concatenate([first, third, second, fourth], axis=-1)


def to_tensors(network: Network) -> dict[str, np.ndarray]:
    """The network's weights under TensorFlow's names."""
    tensors = {}
    for number, layer in enumerate(network.layers):
        state = {name: values(weights) for name, weights in layer.named_parameters()}
        inputs = state["weight_ih_l0"].T
        if number == 0 and network.narrow:
            inputs = values(network.narrow.weight).T @ inputs
        bias = swap_gates(state["bias_ih_l0"] + state["bias_hh_l0"])
        bias[2 * layer.hidden_size : 3 * layer.hidden_size] -= 1
        tensors[CELL.format(number, "kernel")] = swap_gates(np.concatenate([inputs, state["weight_hh_l0"].T]))
        tensors[CELL.format(number, "bias")] = bias
    tensors[HEAD.format("weights")] = values(network.head.weight).T
    tensors[HEAD.format("biases")] = values(network.head.bias)
    return {name: array.astype(np.float32) for name, array in tensors.items()}


def values(weights: torch.Tensor) -> np.ndarray:
    return weights.detach().cpu().numpy().astype(np.float64)


def from_tensors(tensors: dict[str, np.ndarray]) -> Network:
    """The inverse of `to_tensors`, with one matrix for the row."""
    layers = sum(name.endswith("basic_lstm_cell/kernel") for name in tensors)
    hidden, classes = tensors[HEAD.format("weights")].shape
    inputs = tensors[CELL.format(0, "kernel")].shape[0] - hidden
    network = Network(inputs, hidden, layers, classes)
    state = {"head.weight": tensors[HEAD.format("weights")].T, "head.bias": tensors[HEAD.format("biases")]}
    for layer in range(layers):
        kernel = swap_gates(tensors[CELL.format(layer, "kernel")])
        bias = swap_gates(tensors[CELL.format(layer, "bias")]).copy()
        bias[hidden : 2 * hidden] += 1
        state[f"layers.{layer}.weight_ih_l0"] = kernel[:-hidden].T
        state[f"layers.{layer}.weight_hh_l0"] = kernel[-hidden:].T
        state[f"layers.{layer}.bias_ih_l0"] = bias
        state[f"layers.{layer}.bias_hh_l0"] = np.zeros_like(bias)
    network.load_state_dict({name: torch.tensor(np.ascontiguousarray(array)) for name, array in state.items()})
    return network.eval()


def quantise(array: np.ndarray) -> tuple[np.ndarray, float, float]:
    """Sixteen bits, scale and least value: value ≈ quantised * scale + least."""
    least = float(array.min())
    scale = (float(array.max()) - least) / LEVELS or 1.0
    return np.round((array.astype(np.float64) - least) / scale).astype("<u2"), scale, least


def write_checkpoint(folder: Path, network: Network, config: dict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    entries, shard = [], b""
    for name, array in to_tensors(network).items():
        quantised, scale, least = quantise(array)
        shard += quantised.tobytes()
        entries.append(
            {
                "name": name,
                "shape": list(array.shape),
                "dtype": "float32",
                "quantization": {"dtype": "uint16", "scale": scale, "min": least, "original_dtype": "float32"},
            }
        )
    (folder / SHARD).write_bytes(shard)
    manifest = [{"paths": [SHARD], "weights": entries}]
    (folder / "weights_manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def read_checkpoint(folder: Path) -> Network:
    """The network of a folder that `write_checkpoint` wrote, with its quantised weights."""
    (group,) = json.loads((folder / "weights_manifest.json").read_text())
    shard, offset, tensors = (folder / SHARD).read_bytes(), 0, {}
    for entry in group["weights"]:
        count, scale = int(np.prod(entry["shape"])), entry["quantization"]
        values = np.frombuffer(shard, "<u2", count, offset).astype(np.float64) * scale["scale"] + scale["min"]
        tensors[entry["name"]] = values.astype(np.float32).reshape(entry["shape"])
        offset += 2 * count
    return from_tensors(tensors)
