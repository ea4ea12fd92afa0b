export { type Lake, type LakeOptions, type LakePart, type LakeRow, type NewPart, openLake } from './lake.ts'
export { lakeFailure } from './lake-failure.ts'
export type { CellValue, ColumnKind, Columns, PartWriter } from './part-writer.ts'
