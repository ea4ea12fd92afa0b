import { type CalibrationSums, noCalibration } from '../domain/calibration.ts'
import { type Strengths, usualStrengths } from '../domain/rates.ts'
import type { FactReads, FactWrites } from '../ports/fact-store.port.ts'

/** What there is one of. `latest`: the time of the newest fact; `folded`: the last delivery that foretelling knows of. */
type Notes = Readonly<{
  latest: number
  strengths: Strengths
  calibration: CalibrationSums
  folded: string
  leftOut: number
}>

const beginnings: Notes = {
  ...{ latest: 0, strengths: usualStrengths, calibration: noCalibration, folded: '', leftOut: 0 },
}

export async function readNote<Name extends keyof Notes>(facts: FactReads, name: Name): Promise<Notes[Name]> {
  const held = (await facts.get<Notes[Name]>('note', [name])).get(name)
  return held?.content ?? beginnings[name]
}

export const writeNote = <Name extends keyof Notes>(facts: FactWrites, name: Name, content: Notes[Name]) =>
  facts.put('note', [{ key: name, version: 0, content }])
