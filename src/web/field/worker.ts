// The phone page's service worker: shows "trying to connect" when the page cannot be fetched. It keeps nothing: no page, no script,
// no answer. So there is nothing secret in it and nothing old; a new version counts as soon as it is fetched.

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Self {
  addEventListener(type: 'install' | 'activate', act: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', act: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}
const worker = self as unknown as Self;

/** Comes again by itself every few seconds, without a script. The dots say the same in every language. */
const SHELL = `<!doctype html><html><head><meta charset="utf-8"><title>Phone</title><meta http-equiv="refresh" content="3">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="dark"></head>
<body><center><h1>&#9201; &middot; &middot; &middot;</h1><p>Trying to connect&hellip;</p></center></body></html>`;

function shell(): Response {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
  };
  return new Response(SHELL, { status: 503, headers });
}

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', (event) => {
  // Only the page itself: all else goes its way, untouched.
  if (event.request.mode === 'navigate') event.respondWith(fetch(event.request).catch(shell));
});
