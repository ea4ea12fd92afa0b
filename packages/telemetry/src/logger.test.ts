import { failures } from '@eip/kernel'
import { describe, expect, it } from 'vitest'
import { createLogger, type LoggerOptions } from './logger.ts'

function logged(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = []
  const logger = createLogger({ name: 'eip', format: 'json', write: (line) => lines.push(line), ...options })
  return { lines, logger, last: () => JSON.parse(lines.at(-1)!) as Record<string, unknown> }
}

describe('a logger', () => {
  it('writes one JSON line an event, with time, level, name, message and fields', () => {
    const { lines, logger, last } = logged()
    logger.child({ service: 'search' }).info({ hits: 3, text: 'two\nlines' }, 'answered')
    expect(lines).toHaveLength(1)
    expect(lines[0]!.indexOf('\n')).toBe(lines[0]!.length - 1)
    expect(last()).toMatchObject({ level: 'info', name: 'eip', service: 'search', hits: 3, msg: 'answered' })
    expect(new Date(last().time as string).toISOString()).toBe(last().time)
  })

  it('tells the same error once in a while, and different ones, and that of another service', () => {
    const { lines, logger } = logged()
    const away = () => ({ err: new Error('away') })
    for (let n = 0; n < 3; n++) logger.warn(away(), 'tried again')
    expect(lines).toHaveLength(1)
    logger.warn({ err: new Error('broken') }, 'tried again')
    logger.warn(away(), 'given up')
    logger.error(away(), 'tried again')
    logger.child({ service: 'search' }).warn(away(), 'tried again')
    expect(lines).toHaveLength(5)
    for (let n = 0; n < 2; n++) logger.warn({ n: 1 }, 'without an error')
    expect(lines).toHaveLength(7)
  })

  it('leaves out what is below its level', () => {
    const { lines, logger } = logged({ level: 'warn' })
    logger.info('not this')
    logger.warn('this')
    expect(lines).toHaveLength(1)
  })

  it('never writes a secret, however deep it stands', () => {
    const { lines, logger, last } = logged()
    logger
      .child({ token: 'hidden-1' })
      .info(
        { request: { headers: { Authorization: 'hidden-2', accept: '*/*' } }, list: [{ accessToken: 'hidden-3' }] },
        'asked',
      )
    const failure = failures({ 'a.b': { kind: 'invalid', cure: 'c' } })('a.b', 'refused', { password: 'hidden-4' })
    logger.error({ err: failure }, 'failed')
    expect(lines.join('')).not.toContain('hidden')
    expect(lines[0]).toContain('*/*')
    expect(last().err).toMatchObject({ code: 'a.b', message: 'refused', details: { password: '[secret]' } })
  })

  it('survives fields that refer to themselves', () => {
    const { last, logger } = logged()
    const fields: Record<string, unknown> = { a: 1 }
    fields.self = fields
    logger.info(fields, 'round')
    expect(last()).toMatchObject({ a: 1, msg: 'round' })
  })

  it('writes one readable line on a terminal, and an error with its stack', () => {
    const { lines, logger } = logged({ format: 'pretty' })
    logger.warn({ reason: 'late', ms: 12 }, 'degraded')
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}eip: degraded {2}reason=late {2}ms=12\n$/)
    logger.error({ err: new Error('broken') }, 'failed')
    expect(lines[1]).toContain('failed\nError: broken\n    at ')
  })
})
