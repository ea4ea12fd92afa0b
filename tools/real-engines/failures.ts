import { failures } from '@eip/kernel'

export const failure = failures({
  'engines.wrong-use': { kind: 'invalid', cure: 'tools/engines --help lists what there is.' },
  'engines.bad-setting': { kind: 'invalid', cure: 'Mend the variable; tools/engines --help lists all with defaults.' },
  'engines.no-apt': {
    kind: 'unavailable',
    cure: 'Install it by your system’s own means, so that its command is found, and call this again.',
  },
  'engines.not-root': {
    kind: 'forbidden',
    cure: 'Call this as root once, or let somebody who may install the package.',
  },
  'engines.package-refused': { kind: 'unavailable', cure: 'Mend what apt-get says above, then call this again.' },
  'engines.no-java': {
    kind: 'unavailable',
    cure: 'Install such a JDK under /usr/lib/jvm, or name its folder in ENGINES_JAVA_HOME.',
  },
  'engines.unresolved': {
    kind: 'unavailable',
    cure: 'Look at what Maven says above; it uses the repositories of its own settings (~/.m2/settings.xml).',
  },
  'engines.bad-checksum': {
    kind: 'invalid',
    cure: 'Delete the named files from Maven’s cache and install again; after a wanted change of version run tools/engines lock and review its difference.',
  },
  'engines.not-installed': { kind: 'not-found', cure: 'Run tools/engines install first.' },
  'engines.unreachable-directory': {
    kind: 'forbidden',
    cure: 'Choose an ENGINES_DIR outside of private homes: as root the engines run under accounts of their own.',
  },
  'engines.port-taken': {
    kind: 'conflict',
    cure: 'Stop that process, or name a free port in the variable.',
  },
  'engines.not-ready': {
    kind: 'unavailable',
    cure: 'The log’s last lines stand above; ENGINES_WAIT_SECONDS is the limit.',
  },
  'engines.still-running': { kind: 'conflict', cure: 'Stop it first: tools/engines stop.' },
  'engines.cluster-smaller': {
    kind: 'conflict',
    cure: 'Start as many nodes as there were, or run tools/engines wipe opensearch first.',
  },
})
