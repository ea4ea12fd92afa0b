import { databaseFailure } from '../failure.ts'

/** From the first statement of a transaction to its end; `where` names the database in messages. */
export function transactionLife(where: string) {
  const hooks: (() => void)[] = []
  let isOver = false
  const refuseWhenOver = () => {
    if (isOver) throw databaseFailure('database.transaction-over', `a transaction of ${where} was used after its end`)
  }
  return Object.freeze({
    refuseWhenOver,
    afterCommit(hook: () => void) {
      refuseWhenOver()
      hooks.push(hook)
    },
    end() {
      isOver = true
    },
    committed() {
      // A hook that throws is a defect of its own and must not make a durable transaction look failed.
      for (const hook of hooks) queueMicrotask(hook)
    },
  })
}

export type TransactionLife = ReturnType<typeof transactionLife>
