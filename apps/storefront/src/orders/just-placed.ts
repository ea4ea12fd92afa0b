const placed = new Set<string>()

/** The order's page greets an order that was placed a moment ago. */
export const welcomeOrder = (orderId: string): void => void placed.add(orderId)
export const isJustPlaced = (orderId: string): boolean => placed.has(orderId)
