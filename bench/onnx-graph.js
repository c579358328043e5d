/**
 * As much of ONNX (https://onnx.ai/onnx/repo-docs/IR.html) as the networks need: float32 tensors of fixed shapes,
 * operators of opset 17, and the protobuf that holds them.
 */
export class Graph {
  #nodes = /** @type {Bytes[]} */ ([])
  #constants = /** @type {Bytes[]} */ ([])
  #inputs = /** @type {Bytes[]} */ ([])
  #outputs = /** @type {Bytes[]} */ ([])
  #names = 0

  /** An input's name. */
  input(/** @type {string} */ name, /** @type {number[]} */ shape) {
    this.#inputs.push(valueInfo(name, shape))
    return name
  }

  /** Hands a value out under a name. */
  output(/** @type {string} */ name, /** @type {string} */ value, /** @type {number[]} */ shape) {
    this.#node('Identity', [value], [name])
    this.#outputs.push(valueInfo(name, shape))
  }

  constant(/** @type {Float32Array | BigInt64Array} */ data, /** @type {number[]} */ shape) {
    const name = this.#name()
    const type = data instanceof Float32Array ? types.float : types.int64
    const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    this.#constants.push(
      message([...shape.map((size) => field(1, size)), field(2, type), field(8, name), field(9, raw)]),
    )
    return name
  }

  /** The value that an operator makes of others. */
  op = (/** @type {string} */ type, /** @type {string[]} */ values, /** @type {Attributes} */ attributes = {}) => {
    const name = this.#name()
    this.#node(type, values, [name], attributes)
    return name
  }

  /** A row cut into equal parts. */
  split(/** @type {string} */ value, /** @type {number} */ count) {
    const parts = Array.from({ length: count }, () => this.#name())
    this.#node('Split', [value], parts, { axis: 1 })
    return parts
  }

  /** Rows without the first, and with a new last one. */
  shift(/** @type {string} */ rows, /** @type {string} */ last) {
    const [start, end] = [1n, 2n ** 31n].map((value) => this.constant(BigInt64Array.of(value), [1]))
    return this.op('Concat', [this.op('Slice', [rows, start, end]), last], { axis: 0 })
  }

  /** The model, as the bytes of a file. */
  encode() {
    const graph = [
      ...this.#nodes.map((node) => field(1, node)),
      field(2, 'step'),
      ...this.#constants.map((tensor) => field(5, tensor)),
      ...this.#inputs.map((input) => field(11, input)),
      ...this.#outputs.map((output) => field(12, output)),
    ]
    return message([field(1, irVersion), field(7, message(graph)), field(8, message([field(2, opset)]))])
  }

  #name() {
    return `v${this.#names++}`
  }

  #node(
    /** @type {string} */ type,
    /** @type {string[]} */ values,
    /** @type {string[]} */ results,
    /** @type {Attributes} */ attributes = {},
  ) {
    this.#nodes.push(
      message([
        ...values.map((value) => field(1, value)),
        ...results.map((result) => field(2, result)),
        field(4, type),
        ...Object.entries(attributes).map(([name, value]) =>
          field(5, message([field(1, name), field(3, value), field(20, attributeInt)])),
        ),
      ]),
    )
  }
}

/** @typedef {Uint8Array<ArrayBuffer>} Bytes @typedef {Record<string, number>} Attributes */

const irVersion = 8
const opset = 17
const types = { float: 1, int64: 7 }
const attributeInt = 2

function valueInfo(/** @type {string} */ name, /** @type {number[]} */ shape) {
  const dimensions = message(shape.map((size) => field(1, message([field(1, size)]))))
  const tensor = message([field(1, types.float), field(2, dimensions)])
  return message([field(1, name), field(2, message([field(1, tensor)]))])
}

/** A protobuf field: a whole number, a text, or bytes such as a message's. */
function field(/** @type {number} */ number, /** @type {number | string | Uint8Array} */ value) {
  if (typeof value === 'number') return Buffer.from([...varint(number << 3), ...varint(value)])
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(bytes.length)]), bytes])
}

const message = (/** @type {Uint8Array[]} */ fields) => Buffer.concat(fields)

/** @returns {number[]} */
function varint(/** @type {number} */ value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]
}
