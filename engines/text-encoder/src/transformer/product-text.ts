import type { EncoderText } from '../text-encoder.ts'

/** What sentence encoders read of a product. Its brand and its category beside these bring nothing: DESIGN.md has the figures. */
export const productText = ({ title, description }: EncoderText): string => `${title} ${description}`.trim()
