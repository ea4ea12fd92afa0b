import { failures } from '@eip/kernel'

export const artifactsFailure = failures({
  'artifacts.not-found': {
    kind: 'not-found',
    cure: 'Put the artefact first, or ask for one of those that are listed.',
  },
  'artifacts.damaged': { kind: 'unavailable', cure: 'Put the artefact again from its source, or remove it.' },
  'artifacts.conflict': { kind: 'conflict', cure: 'Give the other content a name of its own: artefacts never change.' },
  'artifacts.bad-name': {
    kind: 'invalid',
    cure: 'Use 1 to 80 small letters, digits, dots and hyphens, and no dot at the beginning.',
  },
  'artifacts.bad-content': { kind: 'invalid', cure: 'Give a directory that holds files and folders, and no links.' },
  'artifacts.newer-format': { kind: 'conflict', cure: 'Start the newer program that wrote it.' },
})
