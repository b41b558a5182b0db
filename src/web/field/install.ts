// What makes the page an app of its own: its worker, full screen, the screen that stays upright. All may be missing; nothing is needed.

/** The worker's address; the only one that this page ever makes a script address of. */
const WORKER = '/field/worker.js';

interface Policy {
  createScriptURL(text: string): string;
}
type WithTypes = Window & {
  readonly trustedTypes?: { createPolicy(name: string, rules: { readonly createScriptURL: (text: string) => string }): Policy };
};

function workerAddress(): string {
  const types = (window as unknown as WithTypes).trustedTypes;
  const onlyOurs = (text: string) => {
    if (text !== WORKER) throw new TypeError('not the worker of this page');
    return text;
  };
  return types === undefined ? WORKER : types.createPolicy('phone', { createScriptURL: onlyOurs }).createScriptURL(WORKER);
}

/** Registers the worker that lets the page be installed and shows something while there is no network. */
export function registerWorker(): void {
  try {
    void navigator.serviceWorker?.register(workerAddress(), { scope: '/field/', updateViaCache: 'none' }).catch(() => {});
  } catch {
    // An old browser, or a page without HTTPS: it works as a page.
  }
}

/** Fills the screen. To be called inside a touch. */
export function fillScreen(): void {
  if (document.fullscreenElement !== null || matchMedia('(display-mode: fullscreen)').matches) return;
  document.documentElement.requestFullscreen?.({ navigationUI: 'hide' }).catch(() => {});
}
