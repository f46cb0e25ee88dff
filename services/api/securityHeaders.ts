import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Helmet's headers with a strict policy: everything from here, no script in the page, no frame around it.
 * Over plain http (a demo, or ALLOW_HTTP) the browser is not told to insist on https.
 */
export function securityHeaders(publicUrl: string): RequestHandler {
  const secure = publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Style attributes and elements only; nothing of them is loaded from elsewhere.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: secure,
  });
}
