"""tf.contrib.rnn.AttentionCellWrapper, which TensorFlow 2 no longer has."""

import tensorflow.compat.v1 as tf


class AttentionCellWrapper(tf.nn.rnn_cell.RNNCell):
    """An LSTM that attends to its own last `length` outputs (Cheng, Dong and Lapata 2016, arXiv 1601.06733)."""

    def __init__(self, cell, length):
        super().__init__()
        self._cell, self._length, self._size = cell, length, cell.output_size

    @property
    def state_size(self):
        return self._cell.state_size, self._size, self._size * self._length

    @property
    def output_size(self):
        return self._size

    def call(self, inputs, state):
        cell_state, attention, window = state
        window = tf.reshape(window, [-1, self._length, self._size])
        mixed = _linear([inputs, attention], inputs.shape[-1])
        cell_output, cell_state = self._cell(mixed, cell_state)
        with tf.variable_scope("attention"):
            attention = self._attend(tf.nest.flatten(cell_state), window)
        with tf.variable_scope("attn_output_projection"):
            output = _linear([cell_output, attention], self._size)
        window = tf.concat([window[:, 1:], output[:, None]], 1)
        return output, (cell_state, attention, tf.reshape(window, [-1, self._length * self._size]))

    def _attend(self, query, window):
        """A mean of the window's rows, weighted by how well each goes with the cells' new state."""
        w = tf.get_variable("attn_w", [1, 1, self._size, self._size])
        v = tf.get_variable("attn_v", [self._size])
        features = tf.nn.conv2d(window[:, :, None], w, 1, "SAME")[:, :, 0]
        scores = tf.reduce_sum(v * tf.tanh(features + _linear(query, self._size)[:, None]), 2)
        return tf.reduce_sum(tf.nn.softmax(scores)[:, :, None] * window, 1)


def _linear(parts, size):
    parts = tf.concat(parts, 1)
    return parts @ tf.get_variable("kernel", [parts.shape[-1], size]) + tf.get_variable("bias", [size])
