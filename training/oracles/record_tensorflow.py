"""Records what TensorFlow itself makes of Magenta checkpoints.

    python record_tensorflow.py ATTENTION_RNN_MAG OUTPUT_FOLDER

writes bundles/*.mag, tiny random models saved by TensorFlow under every naming and container that Magenta's bundles
came in, each with a .json of its tensors, inputs and logits; and attention-rnn.json, the continuations that the given
attention_rnn.mag makes in its own graph. Every logit is first compared with the equations in `numpy_lstm.py`.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import note_seq
import numpy as np
import tensorflow.compat.v1 as tf
from attention_cell import AttentionCellWrapper
from compact_json import sparse, write_json
from note_seq.protobuf import generator_pb2
from numpy_lstm import run_numpy

tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)

TOLERANCE = 5e-6  # of the largest logit: what float32 leaves

# What variables were called before TensorFlow 1.2, and before 1.0.
TF_1_0_NAMES = {"/kernel": "/weights", "/bias": "/biases"}
TF_0_12_NAMES = {
    "rnn/": "RNN/",
    "attention_cell_wrapper": "AttentionCellWrapper",
    "multi_rnn_cell/cell_": "MultiRNNCell/Cell",
    "basic_lstm_cell": "BasicLSTMCell",
    "attn_output_projection": "AttnOutputProjection",
    "attention/": "Attention/",
    "attn_w": "AttnW",
    "attn_v": "AttnV",
    "/kernel": "/Linear/Matrix",
    "/bias": "/Linear/Bias",
}
# What Magenta.js looks for, as in its drum_kit_rnn.
DRUM_KIT_NAMES = {"attn_output_projection": "attention_output_projection"}

KEY_MELODY = {"id": "attention_rnn", "sizes": (74, 40)}
ONE_HOT = {"id": "basic_rnn", "sizes": (38, 38)}
MODELS = {
    "attention-first-cell": KEY_MELODY | {"layers": (9, 13), "attention": "first", "window": 24},
    "attention-first-cell-tf-1.1": KEY_MELODY
    | {"layers": (8, 11), "attention": "first", "window": 40, "names": TF_1_0_NAMES},
    "attention-all-cells": KEY_MELODY
    | {"layers": (9, 13, 11), "attention": "all", "window": 32, "names": DRUM_KIT_NAMES},
    "attention-tf-0.12": KEY_MELODY | {"layers": (11, 8), "attention": "all", "window": 40, "names": TF_0_12_NAMES},
    "lookback-adam": {"id": "lookback_rnn", "sizes": (121, 40), "layers": (8, 12), "adam": True},
    "basic": ONE_HOT | {"layers": (12, 16)},
    "basic-tf-0.12": ONE_HOT | {"layers": (8, 12), "names": TF_0_12_NAMES},
    "basic-v2": ONE_HOT | {"layers": (12, 8), "version": tf.train.SaverDef.V2},
    "chord-pitches": {"id": "chord_pitches_improv", "sizes": (75, 38), "layers": (12, 8, 10)},
    "drum-kit": {"id": "drum_kit", "sizes": (518, 512), "layers": (8, 10), "steps": 10},
}
# With attention there are more steps than the window holds, so that its first rows have left it.
DEFAULTS = {
    "attention": None,
    "window": 0,
    "steps": 48,
    "names": {},
    "adam": False,
    "version": tf.train.SaverDef.V1,
}


def build_rnn(sizes, layers, attention=None, window=0):
    """Magenta's graph for generation, up to its logits. Until May 2017 attention lay around all cells, since then
    around the first."""
    input_size, classes = sizes
    inputs = tf.placeholder(tf.float32, [1, None, input_size])
    cells = [tf.nn.rnn_cell.BasicLSTMCell(size) for size in layers]
    if attention == "first":
        cells[0] = AttentionCellWrapper(cells[0], window)
    cell = tf.nn.rnn_cell.MultiRNNCell(cells)
    if attention == "all":
        cell = AttentionCellWrapper(cell, window)
    outputs, _ = tf.nn.dynamic_rnn(cell, inputs, dtype=tf.float32)
    with tf.variable_scope("fully_connected"):
        weights = tf.get_variable("weights", [cell.output_size, classes])
        biases = tf.get_variable("biases", [classes])
    return inputs, tf.add(outputs[0] @ weights, biases, name="logits")


def checkpoint_name(variable, names):
    name = variable.op.name
    if not name.startswith("fully_connected"):
        for new, old in names.items():
            name = name.replace(new, old)
    return name


def randomise(variables, rng, session):
    """Weights large enough that the outputs go on changing, biases included."""
    for variable in variables:
        shape = variable.shape.as_list()
        spread = 0.2 if len(shape) < 2 else 2.5 / np.sqrt(shape[-2])
        variable.load(rng.normal(0, spread, shape).astype(np.float32), session)


def random_inputs(rng, steps, input_size):
    """A one-hot event and seven bits of -1 and 1 in each row, as Magenta's encodings have them."""
    inputs = np.zeros([steps, input_size], np.float32)
    inputs[np.arange(steps), rng.integers(input_size - 7, size=steps)] = 1
    inputs[:, -7:] = rng.choice([-1, 1], [steps, 7])
    return inputs


def save_bundle(path, saver, session, model_id):
    """A GeneratorBundle. Magenta only ever wrote V1 checkpoints; of a V2 checkpoint its entries are index and data."""
    bundle = generator_pb2.GeneratorBundle()
    bundle.generator_details.id = model_id
    bundle.bundle_details.description = "Random weights, for tests."
    with tempfile.TemporaryDirectory() as folder:
        prefix = Path(saver.save(session, f"{folder}/model", write_meta_graph=False))
        files = [prefix] if prefix.exists() else sorted(prefix.parent.glob("model.*"), reverse=True)
        bundle.checkpoint_file.extend(file.read_bytes() for file in files)
        if path.stem == "attention-first-cell":  # Only its graph tells how long the attention window is.
            graph = tf.graph_util.extract_sub_graph(session.graph_def, ["logits"])
            bundle.metagraph_file = serialized(tf.train.export_meta_graph(graph_def=graph, collection_list=[]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(serialized(bundle))
    print(f"{path.stat().st_size / 1024:7.1f} KiB  {path.name}")


def serialized(message):
    """The same bytes each time: maps in sorted order."""
    return message.SerializeToString(deterministic=True)


def agree(expected, got, what, tolerance=TOLERANCE):
    error = np.abs(expected - got).max() / np.abs(expected).max()
    assert error < tolerance, f"{what}: off by {error}"


def record_model(path, seed, model):
    rng = np.random.default_rng(seed)
    with tf.Graph().as_default(), tf.Session() as session:
        inputs, logits = build_rnn(model["sizes"], model["layers"], model["attention"], model["window"])
        weights = tf.trainable_variables()
        if model["adam"]:
            tf.train.AdamOptimizer().minimize(tf.reduce_mean(logits))
        session.run(tf.global_variables_initializer())
        randomise(tf.global_variables(), rng, session)
        rows = random_inputs(rng, model["steps"], model["sizes"][0])
        expected = session.run(logits, {inputs: rows[None]})
        recomputed = run_numpy({v.op.name: session.run(v) for v in weights}, rows, model["window"])
        agree(expected, recomputed, path.stem)
        tensors = {checkpoint_name(variable, model["names"]): variable for variable in tf.global_variables()}
        values = session.run(tensors)
        save_bundle(path, tf.train.Saver(tensors, write_version=model["version"]), session, model["id"])
    write_json(
        path.with_suffix(".json"),
        {
            "id": model["id"],
            "layers": model["layers"],
            "attention": model["attention"],
            "attentionLength": model["window"],
            "tensors": {
                name: {"shape": list(value.shape), "sum": float(value.sum(dtype=np.float64))}
                for name, value in sorted(values.items())
            },
            "inputs": [sparse(row) for row in rows],
            "logits": rounded(expected),
        },
    )


def rounded(values):
    """Seven digits, all that a float32 has."""
    return [[float(f"{value:.7g}") for value in row] for row in np.atleast_2d(values)]


def load_bundle(path):
    """The bundle's own graph with its own weights, as two functions, and the weights once more by name."""
    bundle = generator_pb2.GeneratorBundle.FromString(path.read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        checkpoint, metagraph = Path(folder, "checkpoint"), Path(folder, "metagraph")
        checkpoint.write_bytes(bundle.checkpoint_file[0])
        metagraph.write_bytes(bundle.metagraph_file)
        saver = tf.train.import_meta_graph(str(metagraph))
        session = tf.Session()
        saver.restore(session, str(checkpoint))
        reader = tf.train.NewCheckpointReader(str(checkpoint))
        weights = {name: reader.get_tensor(name) for name in reader.get_variable_to_shape_map()}
    inputs, temperature, softmax = (tf.get_collection(name)[0] for name in ("inputs", "temperature", "softmax"))
    initial_state, final_state = tf.get_collection("initial_state"), tf.get_collection("final_state")
    logits = session.graph.get_tensor_by_name("fully_connected/BiasAdd:0")
    batch, _, classes = softmax.shape.as_list()

    def start():
        return session.run(initial_state)

    def step(rows, state):
        """The batch is fixed in the graph: all its rows do the same, and the first is read."""
        feed = dict(zip(initial_state, state)) | {inputs: np.repeat([rows], batch, 0), temperature: 1.0}
        all_logits, probabilities, new_state = session.run([logits, softmax, final_state], feed)
        return all_logits.reshape(batch, -1, classes)[0], probabilities[0], new_state

    return start, step, weights


def greedy_continuation(start, step, encoder, primer, steps):
    """As Magenta's EventSequenceRnnModel generates: all of the primer at once, then an event at a time."""
    events = note_seq.Melody(primer)
    rows = [encoder.events_to_input(events, i) for i in range(len(primer))]
    state, generated = start(), []
    for _ in range(steps):
        logits, probabilities, state = step(rows[-1:] if generated else rows, state)
        token = int(logits[-1].argmax())
        generated.append((token, float(np.log(probabilities[-1][token])), logits[-1]))
        events.append(encoder.class_index_to_event(token, events))
        rows.append(encoder.events_to_input(events, len(events) - 1))
    return rows, generated, list(events)


def record_attention_rnn(bundle, path):
    encoder = note_seq.KeyMelodyEncoderDecoder(48, 84)
    primers = [
        [60],
        [60, -2, 62, -2, 64, -2, 65, -2],
        [67, -2, 65, 64, -2, -2, 62, -1, 60, -2, -2, -1, -2, 55, 57, 59],
        [72, -2, -1, -2, 70, -2, -1, -2, 67, 68, 67, -2, 63, -2, -2, -2] * 2,
    ]
    # Calls in E and A flat, one of them far too low: Magenta moves them to C and into its range, and its answer back.
    calls = [
        [64, -2, 66, 68, -2, 71, -2, -2, 69, 68, 66, -2, 64, -2, 59, -2],
        [32, 34, 36, -2, 39, -2, 37, 36, -1, -2, 34, 32, 27, -2, 32, -2],
    ]
    with tf.Graph().as_default():
        start, step, weights = load_bundle(bundle)
        assert not any(state.any() for state in start()), "the initial state is not all zeros"
        continuations = []
        for call in [None] * len(primers) + calls:
            semitones = 0
            if call is None:
                primer = primers[len(continuations)]
            else:
                moved = note_seq.Melody(call)
                semitones = int(moved.squash(48, 84, transpose_to_key=0))
                primer = [int(event) for event in moved]
            rows, generated, events = greedy_continuation(start, step, encoder, primer, steps=32)
            tokens, log_probs, logits = zip(*generated)
            recomputed = run_numpy(weights, np.array(rows[:-1], np.float32), window=40)
            agree(np.array(logits), recomputed[len(primer) - 1 :], "attention_rnn.mag")
            margins = [np.diff(np.sort(row)[-2:])[0] for row in logits]
            assert min(margins) > 1e-3, "a tie: its argmax would hang on rounding"
            continuations.append(
                {
                    **({} if call is None else {"call": call, "semitones": semitones}),
                    "primer": primer,
                    "inputs": [sparse(row) for row in rows[: len(primer)]],
                    "tokens": tokens,
                    "events": [int(event) for event in events[len(primer) :]],
                    "logProbs": [round(value, 7) for value in log_probs],
                    "firstLogits": rounded(logits[0])[0],
                    "lastLogits": rounded(logits[-1])[0],
                }
            )
        prove_attention_cell(weights, lambda rows: step(rows, start())[0])
    write_json(path, {"attentionLength": 40, "continuations": continuations})


def prove_attention_cell(weights, run_bundle):
    """The cell that the tiny models are built with does what the bundle's own graph does."""
    rows = random_inputs(np.random.default_rng(1), 60, 74)
    with tf.Graph().as_default(), tf.Session() as session:
        inputs, logits = build_rnn((74, 40), (64, 64), "first", 40)
        for variable in tf.global_variables():
            variable.load(weights[variable.op.name], session)
        agree(run_bundle(rows), session.run(logits, {inputs: rows[None]}), "AttentionCellWrapper", tolerance=1e-6)


def main(bundle, folder):
    record_attention_rnn(bundle, folder / "attention-rnn.json")
    for seed, (name, model) in enumerate(MODELS.items(), start=1):
        record_model(folder / "bundles" / f"{name}.mag", seed, DEFAULTS | model)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
