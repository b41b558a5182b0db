// The page that helps a device trust the local authority: no script, no secret, readable before anything is trusted.
import { fingerprintOf } from './authority.ts';

/** One answer below /trust. */
export interface TrustFile {
  readonly type: string;
  readonly body: string | Buffer;
}

/** What the page is about. `authority`: DER, or null when there is nothing to trust. `address`: of the page itself. `next`: of the console. */
export interface Trust {
  readonly authority: Buffer | null;
  readonly address: string;
  readonly next: string;
}

/** Paths that are served; also without TLS. */
export const TRUST_PATHS = ['/trust', '/trust/parley-ca.crt', '/trust/qr.svg', '/trust/trust.css'] as const;

const STEPS: readonly (readonly [device: string, steps: readonly string[]])[] = [
  [
    'iPhone and iPad (use Safari)',
    [
      'Tap "Get the certificate" above and allow the download.',
      'Open Settings. Tap "Profile Downloaded", then "Install", and follow to the end.',
      'In Settings open General, About, Certificate Trust Settings. Switch the Parley authority on.',
    ],
  ],
  [
    'Android',
    [
      'Tap "Get the certificate" above.',
      'Open Settings and search for "CA certificate". Choose it, then "Install anyway".',
      'Pick the downloaded file. Use Chrome for Parley.',
    ],
  ],
  [
    'Windows',
    [
      'Open the downloaded file and press "Install Certificate".',
      'Choose "Local Machine", then "Place all certificates in the following store", then "Trusted Root Certification Authorities".',
      'Close and open the browser. Firefox asks for the certificate in its own settings.',
    ],
  ],
  [
    'macOS',
    [
      'Open the downloaded file. Keychain Access opens; add it to "System".',
      'Open the entry, unfold "Trust", and set "When using this certificate" to "Always Trust".',
      'Close and open the browser.',
    ],
  ],
];

const CSS = `body { font: 1.05rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 0 auto; padding: 1rem; color: #1a1a1a; background: #fff; }
a.get { display: inline-block; padding: 0.8rem 1.2rem; min-height: 44px; background: #12467b; color: #fff; border-radius: 6px; }
img { width: 12rem; height: 12rem; }
code { overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #161616; } a { color: #9cc7ff; } img { background: #fff; } }
`;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function shell(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><link rel="stylesheet" href="/trust/trust.css"></head>
<body>
${content}
</body>
</html>
`;
}

function page({ authority, next }: Trust): string {
  if (authority === null)
    return shell(
      'Nothing to do',
      `<h1>Nothing to do</h1>\n<p>This box needs no certificate of its own. <a href="${escaped(next)}">Go on</a></p>`,
    );
  const steps = STEPS.map(
    ([device, all]) => `<h2>${device}</h2>\n<ol>${all.map((step) => `<li>${escaped(step)}</li>`).join('')}</ol>`,
  ).join('\n');
  return shell(
    'Trust this box',
    `<h1>Let this device trust this box</h1>
<p>Once for each device. The certificate counts for this box and for private networks only, never for public web sites.</p>
<p><a class="get" href="/trust/parley-ca.crt">Get the certificate</a></p>
<p>Compare before you trust. The box shows the same SHA-256 fingerprint where it was started:<br><code>${fingerprintOf(authority)}</code></p>
${steps}
<h2>Then</h2>
<p><a href="${escaped(next)}">Open ${escaped(next)}</a></p>
<h2>Another device</h2>
<p>Scan this to open this page there.</p>
<p><img src="/trust/qr.svg" alt="Code with the address of this page"></p>`,
  );
}

/** The answer for a path, or null when there is nothing. */
export async function trustFile(path: string, trust: Trust): Promise<TrustFile | null> {
  switch (path) {
    case '/trust':
      return { type: 'text/html; charset=utf-8', body: page(trust) };
    case '/trust/parley-ca.crt':
      return trust.authority === null ? null : { type: 'application/x-x509-ca-cert', body: trust.authority };
    case '/trust/trust.css':
      return { type: 'text/css; charset=utf-8', body: CSS };
    case '/trust/qr.svg': {
      const { default: qrcode } = await import('qrcode');
      return { type: 'image/svg+xml', body: await qrcode.toString(trust.address, { type: 'svg', margin: 2 }) };
    }
    default:
      return null;
  }
}
