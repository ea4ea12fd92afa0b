/** Who may do what at the gateway. An operator may do everything that a viewer and a merchandiser may. */
export const roles = ['shopper', 'viewer', 'merchandiser', 'advertiser', 'operator'] as const

export type Role = (typeof roles)[number]
