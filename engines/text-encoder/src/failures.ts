import { failures } from '@eip/kernel'

/** Everything that text encoders refuse, with its cure. */
export const failure = failures({
  'text-encoder.bad-model': {
    kind: 'invalid',
    cure: 'Give a complete model folder: tokenizer.json, config.json and an ONNX file in onnx/, and the named file whole.',
  },
  'text-encoder.bad-artifact': {
    kind: 'internal',
    cure: 'Restore the named file from a backup, or make the encoder again: train it, or pack its model folder.',
  },
  'text-encoder.directory-not-empty': { kind: 'conflict', cure: 'Give a directory that is new or empty.' },
  'text-encoder.too-few-products': {
    kind: 'invalid',
    cure: 'Import more products first; until then search finds by words alone.',
  },
  'text-encoder.overloaded': { kind: 'overloaded', cure: 'Ask again when earlier requests are answered.' },
  'text-encoder.stopped': { kind: 'unavailable', cure: 'Open the encoder again.' },
  'text-encoder.failed': { kind: 'internal', cure: 'Look at the cause; if it comes again, open the encoder again.' },
})
