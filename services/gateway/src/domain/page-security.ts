/**
 * The headers of whatever a browser shows as a page. Scripts come from files of this origin alone, so that text which got
 * into a page does not run; nobody shows the page in a frame; nothing is told to the sites that it links to.
 */
export const pageHeaders = (contentSecurityPolicy: string): Readonly<Record<string, string>> =>
  Object.freeze({
    'content-security-policy': contentSecurityPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })

/** Of the faces: their components set style elements; products have pictures elsewhere, by https. */
export const facePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' https: data:",
  "connect-src 'self'",
  "font-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "object-src 'none'",
].join('; ')
