// The second factor: time codes (RFC 6238) and recovery codes, one use each. Their secrets are in the vault and nowhere else.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Vault } from '../../ports/store.ts';
import { tokenHash } from './tokens.ts';

const STEP_S = 30;
const WINDOW = 1;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 8;
/** A secret that was shown and not confirmed is forgotten after this, in ms. */
const UNCONFIRMED_MS = 15 * 60_000;
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

const secretKept = z.strictObject({ secret: z.string(), at: z.number(), lastStep: z.number() });
const recoveryKept = z.strictObject({ hashes: z.array(z.string()) });

/** What a code turned out to be. `use` must be called when it is accepted: after that it is worth nothing. */
export type CodeCheck =
  | { readonly is: 'right'; readonly by: 'code'; readonly use: () => Promise<void> }
  | { readonly is: 'right'; readonly by: 'recovery-code'; readonly left: number; readonly use: () => Promise<void> }
  | { readonly is: 'wrong' | 'used' | 'not-set' };

function parse<T>(schema: z.ZodType<T>, text: string | undefined): T | undefined {
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
}

function recoveryCode(): string {
  // 31 letters; 16 of them are 79 bits, so a plain hash of one is not searched.
  const letters: string[] = [];
  while (letters.length < 16)
    for (const byte of randomBytes(16)) if (byte < 248 && letters.length < 16) letters.push(ALPHABET[byte % ALPHABET.length] ?? '');
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

function recoveryForm(typed: string): string {
  return typed.toLowerCase().replace(/[^a-z0-9]/g, '');
}

export class SecondFactor {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Shows a new secret; it counts only after `confirm`. `uri`: for an authenticator, labelled with the sign-in name. */
  async start(personId: string, login: string, at: number): Promise<{ secret: string; uri: string }> {
    const { Secret, TOTP } = await import('otpauth');
    const secret = new Secret({ size: SECRET_BYTES });
    await this.#vault.put('totp-next', personId, JSON.stringify({ secret: secret.base32, at, lastStep: 0 }));
    return { secret: secret.base32, uri: new TOTP({ issuer: 'Parley', label: login, secret, digits: 6, period: STEP_S }).toString() };
  }

  /** Takes the shown secret into use if the code is of it. False: wrong code, or shown too long ago. */
  async confirm(personId: string, code: string, at: number): Promise<boolean> {
    const next = parse(secretKept, await this.#vault.get('totp-next', personId));
    if (next === undefined || at - next.at > UNCONFIRMED_MS) return false;
    const step = await stepOf(next.secret, code, at);
    if (step === null) return false;
    await this.#vault.put('totp', personId, JSON.stringify({ ...next, lastStep: step }));
    await this.#vault.delete('totp-next', personId);
    return true;
  }

  /** Looks at a code without using it up. The caller sees to it that a person's codes are looked at one after another. */
  async check(personId: string, typed: string | undefined, at: number): Promise<CodeCheck> {
    const kept = parse(secretKept, await this.#vault.get('totp', personId));
    const recovery = parse(recoveryKept, await this.#vault.get('recovery', personId));
    if (kept === undefined) return { is: 'not-set' };
    const code = typed?.replace(/\s/g, '') ?? '';
    if (/^\d{6}$/.test(code)) return this.#checkStep(personId, kept, { step: await stepOf(kept.secret, code, at) });
    return this.#checkRecovery(personId, recovery?.hashes ?? [], tokenHash(recoveryForm(code)));
  }

  #checkStep(personId: string, kept: z.infer<typeof secretKept>, { step }: { readonly step: number | null }): CodeCheck {
    if (step === null) return { is: 'wrong' };
    // Whoever saw a code typed must not be able to type it too, nor one from before it.
    if (step <= kept.lastStep) return { is: 'used' };
    return { is: 'right', by: 'code', use: () => this.#vault.put('totp', personId, JSON.stringify({ ...kept, lastStep: step })) };
  }

  #checkRecovery(personId: string, hashes: readonly string[], typed: string): CodeCheck {
    if (!hashes.includes(typed)) return { is: 'wrong' };
    const left = hashes.filter((hash) => hash !== typed);
    return {
      is: 'right',
      by: 'recovery-code',
      left: left.length,
      use: () => this.#vault.put('recovery', personId, JSON.stringify({ hashes: left })),
    };
  }

  /** Makes new recovery codes, told once; older ones stop working. */
  async newRecoveryCodes(personId: string): Promise<readonly string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode);
    await this.#vault.put('recovery', personId, JSON.stringify({ hashes: codes.map((code) => tokenHash(recoveryForm(code))) }));
    return codes;
  }

  /** How many recovery codes are left. */
  async recoveryCodesLeft(personId: string): Promise<number> {
    return parse(recoveryKept, await this.#vault.get('recovery', personId))?.hashes.length ?? 0;
  }

  /** Forgets everything of a person. */
  async forget(personId: string): Promise<void> {
    for (const kind of ['totp', 'totp-next', 'recovery']) await this.#vault.delete(kind, personId);
  }
}

/** The time step that a code is of, or null. One step of clock difference either way is allowed. */
async function stepOf(secret: string, code: string, at: number): Promise<number | null> {
  const { Secret, TOTP } = await import('otpauth');
  if (!/^\d{6}$/.test(code)) return null;
  const delta = TOTP.validate({ token: code, secret: Secret.fromBase32(secret), timestamp: at, window: WINDOW, period: STEP_S, digits: 6 });
  return delta === null ? null : Math.floor(at / 1000 / STEP_S) + delta;
}
