"""Magenta's recurrent network in plain numpy: the equations that src/models follows, apart from any TensorFlow."""

import numpy as np


def run_numpy(weights, rows, window=0):
    """The logits after each input row, from variables with TensorFlow's names since 1.2, in float64."""
    weights = {name: value.astype(np.float64) for name, value in weights.items()}
    layers = [name for name in sorted(weights) if name.endswith("basic_lstm_cell/kernel")]
    cells = [lstm(weights[kernel], weights[kernel.replace("kernel", "bias")]) for kernel in layers]
    scope = next((name.removesuffix("attention/attn_v") for name in weights if name.endswith("attn_v")), None)
    if scope is None:
        network = stack(cells)
    elif "multi_rnn_cell" in scope:
        network = stack([attend(weights, scope, stack(cells[:1]), window), *cells[1:]])
    else:
        network = attend(weights, scope, stack(cells), window)
    w, b = weights["fully_connected/weights"], weights["fully_connected/biases"]
    return np.array([network(row)[0] @ w + b for row in rows.astype(np.float64)])


def lstm(kernel, bias):
    """Gates i, j, f, o; the forget gate's bias is 1 higher than stored."""
    size = len(bias) // 4
    c = h = np.zeros(size)

    def step(x):
        nonlocal c, h
        i, j, f, o = np.split(np.concatenate([x, h]) @ kernel + bias, 4)
        c = c * sigmoid(f + 1) + sigmoid(i) * np.tanh(j)
        h = np.tanh(c) * sigmoid(o)
        return h, [c, h]

    return step


def stack(cells):
    """Each cell's output is the next one's input; the state is c0, h0, c1, h1 and so on."""

    def step(x):
        states = []
        for cell in cells:
            x, state = cell(x)
            states += state
        return x, states

    return step


def attend(weights, scope, cell, length):
    """Cheng, Dong and Lapata's attention over the last `length` outputs, which start as zeros."""
    mix = linear(weights, scope)
    ask = linear(weights, f"{scope}attention/")
    project = linear(weights, f"{scope}attn_output_projection/")
    attn_w, attn_v = weights[f"{scope}attention/attn_w"][0, 0], weights[f"{scope}attention/attn_v"]
    window, attention = np.zeros([length, len(attn_v)]), np.zeros(len(attn_v))

    def step(x):
        nonlocal window, attention
        cell_output, states = cell(mix(x, attention))
        shares = softmax(np.tanh(window @ attn_w + ask(*states)) @ attn_v)
        attention = shares @ window
        output = project(cell_output, attention)
        window = np.vstack([window[1:], output])
        return output, states

    return step


def linear(weights, scope):
    kernel, bias = weights[f"{scope}kernel"], weights[f"{scope}bias"]
    return lambda *parts: np.concatenate(parts) @ kernel + bias


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    exponentials = np.exp(x - x.max())
    return exponentials / exponentials.sum()
