import { describe, expect, it } from 'vitest'
import { serviceNames } from './services.ts'
import { welcome } from './welcome.ts'

const url = 'http://127.0.0.1:8080'
const pathsIn = (text: string) => [...text.matchAll(/http:\/\/127\.0\.0\.1:8080(\/\S*)/g)].map(([, path]) => path)

describe('what a process says when it has started', () => {
  it('names the pages and the API where the gateway runs, alone or with others', () => {
    for (const names of [serviceNames, ['gateway'] as const])
      expect(pathsIn(welcome({ url, demoAccounts: [] }, names))).toEqual([
        ...['/', '/admin/', '/api/v1/search?q=', '/api/docs'],
      ])
  })

  it('names its services, and only what they answer, where the gateway runs elsewhere', () => {
    const told = welcome({ url, demoAccounts: [] }, ['catalog', 'ranking'])
    expect(told).toContain(`catalog, ranking at ${url}\n`)
    expect(pathsIn(told)).toEqual(['/ready', '/metrics'])
  })

  it('tells the accounts of a demo', () => {
    const told = welcome({ url, demoAccounts: [{ name: 'viewer', password: 'p4ss', role: 'viewer' }] }, serviceNames)
    const [heading, columns, , account] = told.trimEnd().split('\n').slice(-4)
    expect(heading).toContain('Demo accounts')
    expect(columns).toMatch(/name.*password.*role/)
    expect(account).toMatch(/viewer.*p4ss.*viewer/)
  })
})
