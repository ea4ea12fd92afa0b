/** For people; what a program reads goes to standard output. */
export const say = (text: string): void => void process.stderr.write(`engines: ${text}\n`)

export const print = (text: string): void => void process.stdout.write(`${text}\n`)

export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  return rows.map((row) => line(row).trimEnd()).join('\n')
}
