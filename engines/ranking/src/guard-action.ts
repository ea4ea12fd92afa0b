/** What is done with a product that cannot be bought, or not be delivered to the shopper. */
export const guardActions = ['hide', 'sink', 'show'] as const
export type GuardAction = (typeof guardActions)[number]
