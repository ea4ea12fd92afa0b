// Writes small ONNX files for tests: the few messages of onnx.proto (opset 17) that a graph of standard operators needs,
// in the wire format of protocol buffers.

const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)])
const number = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)]
const bytes = (field: number, value: Iterable<number>): number[] => {
  const all = [...value]
  return [...varint((field << 3) | 2), ...varint(all.length), ...all]
}
const text = (field: number, value: string): number[] => bytes(field, Buffer.from(value))

const elementTypes = { float32: 1, int32: 6, int64: 7 } as const
type ElementType = keyof typeof elementTypes

export type OnnxValue = Readonly<{ name: string; type: ElementType; shape: readonly (string | number)[] }>
export type OnnxNode = Readonly<{
  operator: string
  inputs: readonly string[]
  outputs: readonly string[]
  attributes?: Readonly<Record<string, number | readonly number[]>>
}>
export type OnnxGraph = Readonly<{
  inputs: readonly OnnxValue[]
  outputs: readonly OnnxValue[]
  nodes: readonly OnnxNode[]
  constants: Readonly<Record<string, { shape: readonly number[]; values: Float32Array }>>
}>

const dimension = (size: string | number): number[] =>
  bytes(1, typeof size === 'number' ? number(1, size) : text(2, size))

function valueInfo({ name, type, shape }: OnnxValue): number[] {
  const tensor = [...number(1, elementTypes[type]), ...bytes(2, shape.flatMap(dimension))]
  return [...text(1, name), ...bytes(2, bytes(1, tensor))]
}

const attribute = ([name, value]: readonly [string, number | readonly number[]]): number[] =>
  typeof value === 'number'
    ? [...text(1, name), ...number(3, value), ...number(20, 2)]
    : [...text(1, name), ...value.flatMap((each) => number(8, each)), ...number(20, 7)]

const node = ({ operator, inputs, outputs, attributes = {} }: OnnxNode): number[] => [
  ...inputs.flatMap((name) => text(1, name)),
  ...outputs.flatMap((name) => text(2, name)),
  ...text(4, operator),
  ...Object.entries(attributes).flatMap((each) => bytes(5, attribute(each))),
]

const constant = (name: string, shape: readonly number[], values: Float32Array): number[] => [
  ...shape.flatMap((size) => number(1, size)),
  ...number(2, elementTypes.float32),
  ...text(8, name),
  ...bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
]

export function onnxFile({ inputs, outputs, nodes, constants }: OnnxGraph): Uint8Array {
  const graph = [
    ...nodes.flatMap((each) => bytes(1, node(each))),
    ...text(2, 'graph'),
    ...Object.entries(constants).flatMap(([name, { shape, values }]) => bytes(5, constant(name, shape, values))),
    ...inputs.flatMap((each) => bytes(11, valueInfo(each))),
    ...outputs.flatMap((each) => bytes(12, valueInfo(each))),
  ]
  return Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, number(2, 17))])
}
