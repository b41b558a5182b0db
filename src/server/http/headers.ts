// Headers on every answer: what the pages may do, and that nobody keeps or guesses them.
import type { FastifyInstance } from 'fastify';

/** `types`: the one policy with which a page may make a script's address. */
const policy = (types: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${types}`,
  ].join('; ');
const POLICY = policy("'none'");
/** The phone's page registers its worker, which needs a script's address; its policy `phone` allows that one address. */
const PHONE_POLICY = policy('phone');

/** Sets the headers that security.md T4, T17 and T19 ask for. */
export function setHeaders(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    // A kept file has a stricter one of its own.
    if (!reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', request.url.startsWith('/field/') ? PHONE_POLICY : POLICY);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('x-robots-tag', 'noindex, nofollow');
    reply.header('cross-origin-opener-policy', 'same-origin');
    reply.header('cross-origin-resource-policy', 'same-origin');
    reply.header('permissions-policy', 'microphone=(self), camera=(self), screen-wake-lock=(self), geolocation=(), display-capture=()');
    if (!request.url.startsWith('/assets/')) reply.header('cache-control', 'no-store');
  });
}
