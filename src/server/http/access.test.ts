// The doors for people, knocked at as a browser does: who is let in, who is not, and what each refusal leaves untouched.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Box, ORIGIN, PASSWORD } from '../../../test/doors-kit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let box: Box;
beforeEach(async () => {
  box = await new Box().start();
});
afterEach(() => box.stop());

const rule = (reply: { body: { refused?: { rule: string } } }) => reply.body.refused?.rule;

/** The code that an authenticator shows now, or `steps` of 30 s later. */
function codeOf(secret: string, steps = 0): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: box.clock.ms + steps * 30_000 });
}

/** Sets password and second factor as a first session does. */
async function equip(cookie: string) {
  expect((await box.ask('/api/password', { cookie, body: { password: PASSWORD } })).status).toBe(200);
  const started = await box.ask('/api/second-factor/start', { cookie, body: {} });
  const secret = String(started.body['secret']);
  const confirmed = await box.ask('/api/second-factor/confirm', { cookie, body: { code: codeOf(secret) } });
  expect(confirmed.status).toBe(200);
  // The confirming code is used up.
  box.clock.pass(30_000);
  return { secret, recovery: confirmed.body['recoveryCodes'] as string[], started };
}

async function signIn(login: string, password: string, code?: string, address?: string) {
  return box.ask('/api/sign-in', {
    body: { login, password, ...(code === undefined ? {} : { code }) },
    ...(address === undefined ? {} : { address }),
  });
}

describe('coming in', () => {
  it('[T9] lets the first person in by the link alone, asks for a password and a second factor, and closes nothing for want of them', async () => {
    const cookie = await box.owner();
    const me = await box.ask('/api/me', { cookie });
    expect(me.body).toMatchObject({
      name: 'Olga Owner',
      login: 'olga.owner',
      rights: ['owner'],
      standing: 'full',
      needs: ['password', 'second-factor'],
    });
    expect((await box.ask('/api/incidents', { cookie, body: { title: 'Bridge', exercise: true } })).status).toBe(200);
    await equip(cookie);
    expect((await box.ask('/api/me', { cookie })).body).toMatchObject({ needs: [], recoveryCodesLeft: 8 });
    expect(await box.it.doors.ownerTicket()).toBeNull();
  });

  it('tells whom an invitation leads to an incident which one it is, and else none', async () => {
    const owner = await box.owner();
    const { id } = (await box.ask('/api/incidents', { cookie: owner, body: { title: 'Bridge', exercise: true } })).body;
    const entered = async (asks: object) => {
      const { url } = (await box.ask('/api/invitations', { cookie: owner, body: asks })).body;
      return (await box.ask('/api/enter', { body: { token: String(url).split('=')[1] ?? '', name: 'Anna' } })).body;
    };
    expect(await entered({ incidentId: id, role: 'coach' })).toMatchObject({ name: 'Anna', incidentId: id });
    expect(await entered({})).not.toHaveProperty('incidentId');
  });

  it('[T3] uses a ticket once, also when two come at the same moment, and none after 72 h', async () => {
    const owner = await box.owner();
    const invite = async () => String((await box.ask('/api/invitations', { cookie: owner, body: {} })).body['url']).split('=')[1] ?? '';
    const token = await invite();
    const both = await Promise.all(['Anna', 'Boris'].map((name) => box.ask('/api/enter', { body: { token, name } })));
    expect(both.map((r) => r.status).sort()).toEqual([200, 403]);
    const late = await invite();
    box.clock.pass(72 * HOUR);
    const refused = await box.ask('/api/enter', { body: { token: late, name: 'Clara' } });
    expect([refused.status, rule(refused), refused.cookie]).toEqual([403, 'T3', undefined]);
    expect(box.it.doors.list()).toHaveLength(2);
  });

  it('[T7] takes nothing that changes anything from another page, nor from one that does not say where it is from', async () => {
    const cookie = await box.owner();
    for (const origin of ['https://evil.example', 'null', 'http://localhost:8081', `${ORIGIN}/`, null]) {
      const reply = await box.ask('/api/password', { cookie, body: { password: PASSWORD }, origin });
      expect([origin, reply.status, rule(reply)]).toEqual([origin, 403, 'T7']);
    }
    expect((await box.ask('/api/me', { cookie })).body['needs']).toContain('password');
  });

  it('[T9] brings the owner who lost his session before he set a password back as the same person, by the link of the next start', async () => {
    const cookie = await box.owner();
    const { personId } = (await box.ask('/api/me', { cookie })).body;
    await box.start();
    const again = await box.enter((await box.it.doors.ownerTicket()) ?? '', 'whoever');
    expect((await box.ask('/api/me', { cookie: again })).body).toMatchObject({ personId, name: 'Olga Owner' });
  });

  it('[T9] keeps sessions, tickets and people over a restart', async () => {
    const owner = await box.owner();
    const { url } = (await box.ask('/api/invitations', { cookie: owner, body: {} })).body;
    await box.start();
    expect((await box.ask('/api/me', { cookie: owner })).status).toBe(200);
    expect(await box.enter(String(url).split('=')[1] ?? '', 'Anna')).toMatch(/./);
  });

  it('[E9] lets nobody in while the record of people cannot be written, and keeps everybody who is in', async () => {
    const owner = await box.owner();
    const { url } = (await box.ask('/api/invitations', { cookie: owner, body: {} })).body;
    const asks = { body: { token: String(url).split('=')[1] ?? '', name: 'Anna' } };
    box.disk.setWritable(false);
    const refused = await box.ask('/api/enter', asks);
    expect([refused.status, rule(refused)]).toEqual([503, 'E9']);
    expect((await box.ask('/api/me', { cookie: owner })).status).toBe(200);
    box.disk.setWritable(true);
    expect((await box.ask('/api/enter', asks)).status).toBe(200);
  });

  it('[T20] lets one address try only so often, tells it how long to wait, and leaves others alone', async () => {
    await equip(await box.owner());
    const tries = [];
    for (let i = 0; i < 21; i += 1) tries.push(await signIn('somebody', 'not the password', undefined, '10.0.0.66'));
    expect(tries.slice(0, 20).map(rule)).toEqual(Array(20).fill('T10'));
    expect([tries[20]?.status, rule(tries[20] as never), tries[20]?.raw.headers['retry-after']]).toEqual([429, 'T20', '3']);
    expect(rule(await signIn('somebody', 'not the password', undefined, '10.0.0.67'))).toBe('T10');
    box.clock.pass(3_000);
    expect(rule(await signIn('somebody', 'not the password', undefined, '10.0.0.66'))).toBe('T10');
  });
});

describe('signing in', () => {
  it('[T10] takes name, password and code together, and the name as people write it', async () => {
    const { secret } = await equip(await box.owner());
    const inside = await signIn('Olga Owner', PASSWORD, codeOf(secret));
    expect([inside.status, inside.body['standing']]).toEqual([200, 'full']);
    expect((await box.ask('/api/me', { cookie: inside.cookie })).status).toBe(200);
    const header = String(inside.raw.headers['set-cookie']);
    expect(header).toMatch(/HttpOnly/);
    expect(header).toMatch(/SameSite=Strict/);
  });

  it('[T10] answers an unknown name, a wrong password, a wrong code and a locked account with the same bytes after the same work', async () => {
    const { secret } = await equip(await box.owner());
    await equip(await box.invited(await freshOwner(), 'Locked Larry'));
    for (let i = 0; i < 5; i += 1) await signIn('locked.larry', 'no', undefined, '10.9.9.9');
    const answers = [];
    const checks = [];
    for (const [login, password, code] of [
      ['nobody', PASSWORD, codeOf(secret)],
      ['olga.owner', 'wrong', codeOf(secret)],
      ['olga.owner', PASSWORD, '000000'],
      ['olga.owner', PASSWORD],
      ['locked.larry', PASSWORD, '000000'],
      ['constructor', PASSWORD, '1'],
    ]) {
      const before = box.hasher.checks;
      const reply = await signIn(login ?? '', password ?? '', code);
      checks.push(box.hasher.checks - before);
      answers.push(`${reply.status} ${reply.raw.body} ${reply.cookie}`);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^403 .*"T10".* undefined$/);
    expect(checks).toEqual(Array(6).fill(1));
  });

  const freshOwner = async () => box.enter((await box.it.doors.ownerTicket(true)) ?? '', '-');

  it('[T11] locks an account at the fifth failure in 15 minutes, wherever they come from, and not for four', async () => {
    const { secret } = await equip(await box.owner());
    for (let i = 0; i < 4; i += 1) await signIn('olga.owner', 'wrong', undefined, `10.0.0.${i}`);
    expect((await signIn('olga.owner', PASSWORD, codeOf(secret))).status).toBe(200);
    for (let i = 0; i < 4; i += 1) await signIn('olga.owner', 'wrong', undefined, `10.0.1.${i}`);
    box.clock.pass(15 * MINUTE);
    await signIn('olga.owner', 'wrong');
    expect((await signIn('olga.owner', PASSWORD, codeOf(secret))).status).toBe(200);
    for (let i = 0; i < 5; i += 1) await signIn('olga.owner', 'wrong', undefined, `10.0.2.${i}`);
    box.clock.pass(24 * HOUR);
    expect(rule(await signIn('olga.owner', PASSWORD, codeOf(secret)))).toBe('T10');
    expect((await box.people()).filter((e) => e.type === 'locked')).toHaveLength(1);
  });

  it('[T11] counts guesses that come at the same moment', async () => {
    await equip(await box.owner());
    await Promise.all(Array.from({ length: 12 }, (_, i) => signIn('olga.owner', 'wrong', undefined, `10.0.3.${i}`)));
    const types = (await box.people()).map((e) => e.type);
    const locked = types.indexOf('locked');
    expect(types.slice(0, locked).filter((t) => t === 'sign-in-failed')).toHaveLength(5);
  });

  it('[T11] never ends or hinders a live session by a lockout', async () => {
    const live = await box.owner();
    const { secret } = await equip(live);
    for (let i = 0; i < 5; i += 1) await signIn('olga.owner', 'wrong');
    expect(box.it.doors.list()[0]?.lockedAt).not.toBeNull();
    expect((await box.ask('/api/incidents', { cookie: live })).status).toBe(200);
    box.clock.pass(31 * MINUTE);
    expect((await box.ask('/api/reauth', { cookie: live, body: { code: codeOf(secret) } })).status).toBe(200);
    expect((await box.ask('/api/incidents', { cookie: live })).status).toBe(200);
  });

  it('[T11] releases by the owner, and by a recovery code in place of the code', async () => {
    const owner = await box.owner();
    await equip(owner);
    const anna = await box.invited(owner, 'Anna');
    const { secret, recovery } = await equip(anna);
    const { personId } = (await box.ask('/api/me', { cookie: anna })).body;
    const lock = async () => {
      for (let i = 0; i < 5; i += 1) await signIn('anna', 'wrong');
    };
    await lock();
    expect((await box.ask(`/api/people/${personId}/unlock`, { cookie: owner, body: {} })).status).toBe(200);
    expect((await signIn('anna', PASSWORD, codeOf(secret))).status).toBe(200);
    box.clock.pass(MINUTE);
    await lock();
    expect(rule(await signIn('anna', 'wrong', recovery[0]))).toBe('T10');
    expect((await signIn('anna', PASSWORD, recovery[0])).status).toBe(200);
    expect((await signIn('anna', PASSWORD, codeOf(secret))).status).toBe(200);
  });

  it('[T12] refuses a code that was used, an older one and one of the wrong time, and takes one step of clock difference', async () => {
    const { secret } = await equip(await box.owner());
    const code = codeOf(secret);
    expect((await signIn('olga.owner', PASSWORD, code)).status).toBe(200);
    expect(rule(await signIn('olga.owner', PASSWORD, code))).toBe('T10');
    expect(rule(await signIn('olga.owner', PASSWORD, codeOf(secret, -1)))).toBe('T10');
    expect((await signIn('olga.owner', PASSWORD, codeOf(secret, 1))).status).toBe(200);
    expect(rule(await signIn('olga.owner', PASSWORD, codeOf(secret, 3)))).toBe('T10');
    expect((await box.people()).filter((e) => e.payload['why'] === 'code-used-before')).toHaveLength(2);
  });

  it('[T16] takes each recovery code once, written as people write it, and none after new ones were made', async () => {
    const owner = await box.owner();
    const { recovery, secret } = await equip(owner);
    expect(new Set(recovery).size).toBe(8);
    const [first = '', second = '', third = ''] = recovery;
    expect((await signIn('olga.owner', PASSWORD, first.toUpperCase().replaceAll('-', ' '))).status).toBe(200);
    expect(rule(await signIn('olga.owner', PASSWORD, first))).toBe('T10');
    expect((await signIn('olga.owner', PASSWORD, second)).body['recoveryCodesLeft']).toBe(6);
    const fresh = await box.ask('/api/recovery-codes', { cookie: owner, body: {} });
    expect(fresh.body['recoveryCodes']).toHaveLength(8);
    expect(rule(await signIn('olga.owner', PASSWORD, third))).toBe('T10');
    expect((await signIn('olga.owner', PASSWORD, codeOf(secret))).status).toBe(200);
  });

  it('[T15] gives who has a password and no second factor nothing but the way to set one', async () => {
    const owner = await box.owner();
    await box.ask('/api/password', { cookie: owner, body: { password: PASSWORD } });
    const { cookie, body } = await signIn('olga.owner', PASSWORD);
    expect(body['standing']).toBe('pending');
    const kept = await box.ask('/api/incidents', { cookie });
    expect([kept.status, rule(kept)]).toEqual([403, 'T15']);
    expect(box.it.doors.forSocket(cookie)).toBeNull();
    const { secret } = (await box.ask('/api/second-factor/start', { cookie, body: {} })).body;
    expect((await box.ask('/api/second-factor/confirm', { cookie, body: { code: codeOf(String(secret)) } })).body['me']).toMatchObject({
      standing: 'full',
    });
    expect((await box.ask('/api/incidents', { cookie })).status).toBe(200);
  });
});

describe('passwords and second factors', () => {
  it('[T13] refuses a banned, short or own-name password and says why', async () => {
    const cookie = await box.owner();
    for (const password of [
      'short one',
      'Password2024!',
      'qwertyuiop1234',
      'aaaaaaaaaaaaaaaa',
      'olga owner is in',
      'Summer2025Summer2025',
      'p4$$w0rd p4$$w0rd',
      'x'.repeat(300),
    ]) {
      const reply = await box.ask('/api/password', { cookie, body: { password } });
      expect([password, reply.status, rule(reply)]).toEqual([password, 409, 'T13']);
      expect(reply.body.refused?.why).toMatch(/password/i);
    }
    expect((await box.ask('/api/me', { cookie })).body['needs']).toContain('password');
  });

  it('[T13] takes any writing of one text as the same password', async () => {
    const cookie = await box.owner();
    expect((await box.ask('/api/password', { cookie, body: { password: 'Brücke über den Fluß ☂' } })).status).toBe(200);
    expect((await signIn('olga.owner', 'Brücke über den Fluß ☂'.normalize('NFD'))).status).toBe(200);
  });

  it('[T26] asks for a fresh proof before a password or a second factor that exists is changed', async () => {
    const cookie = await box.owner();
    const { secret } = await equip(cookie);
    box.clock.pass(11 * MINUTE);
    for (const [path, body] of [
      ['/api/password', { password: 'another quartz ladder' }],
      ['/api/second-factor/start', {}],
      ['/api/recovery-codes', {}],
    ] as const) {
      const reply = await box.ask(path, { cookie, body });
      expect([path, reply.status, rule(reply)]).toEqual([path, 403, 'T26']);
    }
    expect((await box.ask('/api/reauth', { cookie, body: { code: codeOf(secret) } })).status).toBe(200);
    expect((await box.ask('/api/password', { cookie, body: { password: 'another quartz ladder' } })).status).toBe(200);
    expect(rule(await signIn('olga.owner', PASSWORD, codeOf(secret, 1)))).toBe('T10');
  });

  it('[T12] takes a second factor into use only by a right code within 15 minutes, and shows it as a code to scan', async () => {
    const cookie = await box.owner();
    const start = () => box.ask('/api/second-factor/start', { cookie, body: {} });
    const { secret, uri, qrSvg } = (await start()).body;
    expect(String(uri)).toMatch(/^otpauth:\/\/totp\/Parley:olga\.owner\?/);
    expect(String(qrSvg)).toMatch(/^<svg /);
    const confirm = (code: string) => box.ask('/api/second-factor/confirm', { cookie, body: { code } });
    expect(rule(await confirm('000000'))).toBe('T12');
    box.clock.pass(16 * MINUTE);
    expect(rule(await confirm(codeOf(String(secret))))).toBe('T12');
    const again = (await start()).body;
    expect((await confirm(codeOf(String(again['secret'])))).status).toBe(200);
  });

  it('[P2] answers a request that is not well formed without repeating what was in it', async () => {
    const cookie = await box.owner();
    const reply = await box.ask('/api/password', { cookie, body: { password: 'quartz ladder', extra: 1 } });
    expect([reply.status, rule(reply)]).toEqual([400, 'P2']);
    expect(reply.raw.body).not.toContain('quartz');
  });
});

describe('sessions', () => {
  it('[T14] locks after 30 minutes without a hand at the keys, keeps the socket open to it, and opens again by password or code', async () => {
    const cookie = await box.owner();
    const { secret } = await equip(cookie);
    await box.ask('/api/active', { cookie, body: {} });
    box.clock.pass(29 * MINUTE);
    expect((await box.ask('/api/incidents', { cookie })).status).toBe(200);
    box.clock.pass(2 * MINUTE);
    const kept = await box.ask('/api/incidents', { cookie });
    expect([kept.status, rule(kept)]).toEqual([403, 'T14']);
    expect((await box.ask('/api/active', { cookie, body: {} })).status).toBe(403);
    expect(box.it.doors.forSocket(cookie)?.standing).toBe('locked');
    expect((await box.ask('/api/me', { cookie })).body).toMatchObject({ standing: 'locked', name: 'Olga Owner' });
    expect(rule(await box.ask('/api/reauth', { cookie, body: { password: 'wrong' } }))).toBe('T14');
    expect((await box.ask('/api/reauth', { cookie, body: { password: PASSWORD } })).body).toMatchObject({
      standing: 'full',
      reauthDueAt: box.clock.ms + 30 * MINUTE,
    });
    box.clock.pass(31 * MINUTE);
    expect((await box.ask('/api/reauth', { cookie, body: { code: codeOf(secret) } })).status).toBe(200);
  });

  it('[T14] asks for a proof after 12 h however busy it is, goes on while it is used, and says so on record', async () => {
    const cookie = await box.owner();
    await equip(cookie);
    const standing = box.it.doors.forSocket(cookie);
    const release = box.it.doors.socketOpened(standing!.session, () => undefined);
    const { proofDueAt } = (await box.ask('/api/me', { cookie })).body;
    for (let i = 0; i < 25; i += 1) {
      expect((await box.ask('/api/me', { cookie })).body['standing'], `after ${i / 2} h`).toBe(
        box.clock.ms < Number(proofDueAt) ? 'full' : 'locked',
      );
      box.clock.pass(29 * MINUTE);
      box.it.doors.active(standing!.session);
    }
    box.clock.pass(HOUR);
    await box.it.doors.sweep();
    await box.it.doors.sweep();
    expect(box.it.doors.forSocket(cookie)).not.toBeNull();
    expect((await box.people()).filter((e) => e.type === 'grace-used')).toHaveLength(1);
    expect((await box.ask('/api/reauth', { cookie, body: { password: PASSWORD } })).body['standing']).toBe('full');
    release();
  });

  it('[T14] ends a session that is past its time and unused for an hour, and opens no new socket a day after the last proof', async () => {
    const cookie = await box.owner();
    await equip(cookie);
    const { session } = box.it.doors.forSocket(cookie)!;
    const release = box.it.doors.socketOpened(session, () => undefined);
    box.clock.pass(24 * HOUR);
    expect((await box.ask('/api/me', { cookie })).body['standing']).toBe('locked');
    expect(box.it.doors.forSocket(cookie)).toBeNull();
    release();
    box.clock.pass(HOUR);
    expect((await box.ask('/api/me', { cookie })).status).toBe(401);
    await box.it.doors.sweep();
    expect((await box.people()).at(-1)).toMatchObject({ type: 'session-ended', payload: { cause: 'unused' } });
  });

  it('[T14] stops guessing within a session after five wrong tries without ending it, until a recovery code or the owner', async () => {
    const owner = await box.owner();
    await equip(owner);
    const cookie = await box.invited(owner, 'Anna');
    const { recovery, secret } = await equip(cookie);
    for (let i = 0; i < 5; i += 1) await box.ask('/api/reauth', { cookie, body: { password: 'wrong' } });
    expect(rule(await box.ask('/api/reauth', { cookie, body: { password: PASSWORD } }))).toBe('T14');
    expect((await box.ask('/api/me', { cookie })).status).toBe(200);
    expect((await signIn('anna', PASSWORD, codeOf(secret))).status).toBe(200);
    expect((await box.ask('/api/reauth', { cookie, body: { code: recovery[0] } })).status).toBe(200);
    for (let i = 0; i < 5; i += 1) await box.ask('/api/reauth', { cookie, body: { password: 'wrong' } });
    const { personId } = (await box.ask('/api/me', { cookie })).body;
    await box.ask(`/api/people/${personId}/unlock`, { cookie: owner, body: {} });
    expect((await box.ask('/api/reauth', { cookie, body: { password: PASSWORD } })).status).toBe(200);
  });

  it('[T17] signs out one session alone', async () => {
    const one = await box.owner();
    const { secret } = await equip(one);
    const { cookie: two } = await signIn('olga.owner', PASSWORD, codeOf(secret));
    const out = await box.ask('/api/sign-out', { cookie: one, body: {} });
    expect(out.status).toBe(200);
    expect((await box.ask('/api/me', { cookie: one })).status).toBe(401);
    expect((await box.ask('/api/me', { cookie: two })).status).toBe(200);
  });

  it("[T17] ends every session of a person at the owner's word, in that moment, with the sound, and even when the disk refuses", async () => {
    const owner = await box.owner();
    const anna = await box.invited(owner, 'Anna');
    const {
      body: { id },
    } = await box.ask('/api/incidents', { cookie: anna, body: { title: 'Bridge', exercise: true } });
    const { personId } = (await box.ask('/api/me', { cookie: anna })).body;
    const told: boolean[] = [];
    const { session } = box.it.doors.forSocket(anna)!;
    box.it.doors.socketOpened(session, () => told.push(true));
    box.disk.setWritable(false);
    const reply = await box.ask('/api/sessions/end-all', { cookie: owner, body: { personId } });
    expect([reply.status, told]).toEqual([200, [true]]);
    expect((await box.ask('/api/me', { cookie: anna })).status).toBe(401);
    expect(box.media.ended).toContain(`person.${personId}`);
    expect((await box.ask('/api/me', { cookie: owner })).status).toBe(200);
    box.disk.setWritable(true);
    await box.it.doors.sweep();
    await box.start();
    expect((await box.ask('/api/me', { cookie: anna })).status).toBe(401);
    expect(id).toBeDefined();
  });

  it('[T56] ends the sound and the pictures that a session connected, also while the person has another, and not those of that', async () => {
    const owner = await box.owner();
    const anna = await box.invited(owner, 'Anna');
    const { secret } = await equip(anna);
    const { cookie: lost } = await signIn('anna', PASSWORD, codeOf(secret));
    const { id } = (await box.ask('/api/incidents', { cookie: anna, body: { title: 'Bridge', exercise: true } })).body;
    const { personId } = (await box.ask('/api/me', { cookie: anna })).body;
    const { sound } = box.it.rooms.get(String(id))!;
    const open = box.it.doors;
    const claim = (cookie: string) => {
      const { session } = open.forSocket(cookie)!;
      return { by: session.id, holds: () => open.sessions.isOpen(session) };
    };
    const [mine, theirs] = [claim(anna), claim(lost!)];
    const profile = { hearSlots: 8, warm: false };
    await sound.answer(`person.${personId}`, 'v=0', { profile, claim: theirs });
    await sound.answer(`see.${personId}`, 'v=0', { profile, claim: mine });
    await box.ask('/api/sessions/end-all', { cookie: anna, body: { keepThis: true } });
    expect(box.media.ended).toContain(`person.${personId}`);
    expect(box.media.ended).not.toContain(`see.${personId}`);
    await expect(sound.answer(`person.${personId}`, 'v=0', { profile, claim: theirs })).rejects.toMatchObject({ code: 'refused' });
    box.media.ended.length = 0;
    await box.ask('/api/sign-out', { cookie: anna, body: {} });
    expect(box.media.ended.some((leg) => leg === `see.${personId}`)).toBe(true);
  });

  it("[T17] ends one's own other sessions, and nobody else's", async () => {
    const owner = await box.owner();
    const anna = await box.invited(owner, 'Anna');
    const { secret } = await equip(anna);
    const { cookie: other } = await signIn('anna', PASSWORD, codeOf(secret));
    const { personId } = (await box.ask('/api/me', { cookie: owner })).body;
    expect((await box.ask('/api/sessions/end-all', { cookie: anna, body: { personId } })).status).toBe(403);
    await box.ask('/api/sessions/end-all', { cookie: anna, body: { keepThis: true } });
    expect((await Promise.all([owner, anna, other].map((cookie) => box.ask('/api/me', { cookie })))).map((r) => r.status)).toEqual([
      200, 200, 401,
    ]);
  });
});

describe('people', () => {
  it("[T19] ends a guest's account after 72 h, unless the owner keeps it; who is no owner invites guests only", async () => {
    const owner = await box.owner();
    const leader = await box.invited(owner, 'Lena');
    const { id } = (await box.ask('/api/incidents', { cookie: leader, body: { title: 'Bridge', exercise: true } })).body;
    const guest = await box.invited(leader, 'Gustav', { incidentId: id, role: 'scribe' });
    const kept = await box.invited(owner, 'Karla', { guest: true });
    expect((await box.ask('/api/me', { cookie: guest })).body).toMatchObject({ kind: 'guest', expiresAt: box.clock.ms + 72 * HOUR });
    const karla = (await box.ask('/api/me', { cookie: kept })).body['personId'];
    expect((await box.ask(`/api/people/${karla}/keep`, { cookie: owner, body: {} })).body).toMatchObject({
      kind: 'staff',
      expiresAt: null,
    });
    const staff = await equip(kept);
    const { secret } = await equip(guest);
    box.clock.pass(72 * HOUR);
    await box.it.doors.sweep();
    expect((await box.ask('/api/me', { cookie: guest })).status).toBe(401);
    expect(rule(await signIn('gustav', PASSWORD, codeOf(secret)))).toBe('T10');
    expect((await box.people()).filter((e) => e.type === 'session-ended').map((e) => e.payload['cause'])).toContain('account-expired');
    expect((await signIn('karla', PASSWORD, codeOf(staff.secret))).status).toBe(200);
  });

  it('[T18] keeps the last owner', async () => {
    const owner = await box.owner();
    const { personId } = (await box.ask('/api/me', { cookie: owner })).body;
    const last = [
      await box.ask(`/api/people/${personId}/remove`, { cookie: owner, body: { why: 'left' } }),
      await box.ask(`/api/people/${personId}/rights`, { cookie: owner, body: { right: 'owner', on: false } }),
    ];
    expect(last.map((r) => [r.status, rule(r)])).toEqual([
      [409, 'T18'],
      [409, 'T18'],
    ]);
    const anna = (await box.ask('/api/me', { cookie: await box.invited(owner, 'Anna') })).body['personId'];
    await box.ask(`/api/people/${anna}/rights`, { cookie: owner, body: { right: 'owner', on: true } });
    expect(
      (await box.ask(`/api/people/${personId}/rights`, { cookie: owner, body: { right: 'owner', on: false } })).body['rights'],
    ).toEqual([]);
  });

  it('[T17] removes a person with everything that opens a door for him', async () => {
    const owner = await box.owner();
    const anna = await box.invited(owner, 'Anna');
    const { secret } = await equip(anna);
    const { personId } = (await box.ask('/api/me', { cookie: anna })).body;
    const { url } = (await box.ask(`/api/people/${personId}/link`, { cookie: owner, body: {} })).body;
    expect((await box.ask(`/api/people/${personId}/remove`, { cookie: owner, body: { why: 'left the unit' } })).status).toBe(200);
    expect((await box.ask('/api/me', { cookie: anna })).status).toBe(401);
    expect(rule(await signIn('anna', PASSWORD, codeOf(secret)))).toBe('T10');
    expect((await box.ask('/api/enter', { body: { token: String(url).split('=')[1], name: 'Anna' } })).status).toBe(403);
    for (const kind of ['password', 'totp', 'recovery']) expect(await box.disk.vault.get(kind, String(personId)), kind).toBeUndefined();
  });

  it('[T57] lets nobody in by an invitation of somebody who was removed', async () => {
    const owner = await box.owner();
    const lena = await box.invited(owner, 'Lena');
    const { id } = (await box.ask('/api/incidents', { cookie: lena, body: { title: 'Bridge', exercise: true } })).body;
    const { url } = (await box.ask('/api/invitations', { cookie: lena, body: { incidentId: id, role: 'coach' } })).body;
    const { personId } = (await box.ask('/api/me', { cookie: lena })).body;
    await box.ask(`/api/people/${personId}/remove`, { cookie: owner, body: { why: 'left' } });
    expect((await box.ask('/api/enter', { body: { token: String(url).split('=')[1], name: 'X' } })).status).toBe(403);
  });

  it('[T58] lists and gives the voice of one of the team to the leader, the scribe and himself only', async () => {
    const owner = await box.owner();
    const { id } = (await box.ask('/api/incidents', { cookie: owner, body: { title: 'Bridge', exercise: false } })).body;
    const [coach, scribe, tactical] = [
      await box.invited(owner, 'Cora', { incidentId: id, role: 'coach' }),
      await box.invited(owner, 'Sam', { incidentId: id, role: 'scribe' }),
      await box.invited(owner, 'Tom', { incidentId: id, role: 'tactical' }),
    ];
    const { personId } = (await box.ask('/api/me', { cookie: coach })).body;
    const legs = [`person.${personId}`, 'line.n0001'];
    for (const leg of legs) {
      mkdirSync(join(box.config.dataDir, 'media', String(id), leg), { recursive: true });
      writeFileSync(join(box.config.dataDir, 'media', String(id), leg, '00001.opus'), 'x');
    }
    const listed = async (cookie: string) =>
      (JSON.parse((await box.ask(`/api/incidents/${id}/recordings`, { cookie })).raw.body) as { leg: string }[]).length;
    const given = async (cookie: string) =>
      (await Promise.all(legs.map((leg) => box.ask(`/api/incidents/${id}/recordings/${leg}/00001.opus`, { cookie })))).map((r) => r.status);
    for (const cookie of [owner, coach, scribe]) expect([await listed(cookie), await given(cookie)]).toEqual([2, [200, 200]]);
    expect([await listed(tactical), await given(tactical)]).toEqual([1, [404, 200]]);
  });

  it('[T60] lets no guest open an incident or a practice call', async () => {
    const owner = await box.owner();
    const guest = await box.invited(owner, 'Gustav', { guest: true });
    const asked = [
      await box.ask('/api/incidents', { cookie: guest, body: { title: 'x', exercise: true } }),
      await box.ask('/api/practice', { cookie: guest, body: {} }),
    ];
    expect(asked.map((r) => [r.status, rule(r)])).toEqual([
      [403, 'T60'],
      [403, 'T60'],
    ]);
    const { personId } = (await box.ask('/api/me', { cookie: guest })).body;
    await box.ask(`/api/people/${personId}/keep`, { cookie: owner, body: {} });
    expect((await box.ask('/api/incidents', { cookie: guest, body: { title: 'x', exercise: true } })).status).toBe(200);
  });

  it('[T76] lets a first officer, who is a guest, open one incident and no second one, however often he presses', async () => {
    const owner = await box.owner();
    const officer = await box.invited(owner, 'Otto', { firstOfficer: true });
    expect((await box.ask('/api/me', { cookie: officer })).body).toMatchObject({ kind: 'guest', rights: ['open-one'] });
    await box.start();
    const open = () => box.ask('/api/incidents', { cookie: officer, body: { title: 'x', exercise: false } });
    const statuses = (await Promise.all([open(), open(), open()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 403, 403]);
    expect(rule(await open())).toBe('T60');
    expect((await box.ask('/api/me', { cookie: officer })).body).toMatchObject({ rights: [] });
    expect((await box.ask('/api/practice', { cookie: officer, body: {} })).status).toBe(403);
  });

  it('[T77] lets only an owner invite a first officer, and into no incident that is there already', async () => {
    const owner = await box.owner();
    const staff = await box.invited(owner, 'Lena');
    const incidentId = String((await box.ask('/api/incidents', { cookie: staff, body: { title: 'x', exercise: true } })).body['id']);
    const invite = (cookie: string, body: object) => box.ask('/api/invitations', { cookie, body });
    expect((await invite(staff, { firstOfficer: true })).status).toBe(403);
    expect((await invite(staff, { firstOfficer: true, incidentId, role: 'coach' })).status).toBe(403);
    expect((await invite(owner, { firstOfficer: true })).status).toBe(200);
  });

  it('[T62] tells a stranger on the network that it is there, and nothing of what goes on', async () => {
    expect((await box.ask('/healthz', { address: '203.0.113.7' })).body).toEqual({ ok: true });
    expect((await box.ask('/healthz')).body).toMatchObject({ ok: true, incidents: expect.any(Number) });
  });

  it('[T10] does not tell by a queue which names nobody has', async () => {
    await box.owner();
    const many = await Promise.all(
      Array.from({ length: 25 }, (_, n) => signIn(`nobody.${n}`, 'a wrong password', undefined, `10.1.2.${n}`)),
    );
    expect(many.map((r) => r.status)).toEqual(Array(25).fill(403));
  });

  it('[T9] brings a person back who forgot everything, by a link of the owner, as the same person', async () => {
    const owner = await box.owner();
    const anna = await box.invited(owner, 'Anna');
    await equip(anna);
    const { personId } = (await box.ask('/api/me', { cookie: anna })).body;
    box.clock.pass(2 * HOUR);
    await box.ask('/api/sign-out', { cookie: anna, body: {} });
    const { url } = (await box.ask(`/api/people/${personId}/link`, { cookie: owner, body: {} })).body;
    const back = await box.enter(String(url).split('=')[1] ?? '', 'typed anew');
    expect((await box.ask('/api/me', { cookie: back })).body).toMatchObject({ personId, name: 'Anna' });
    expect((await box.ask('/api/password', { cookie: back, body: { password: 'mossy quartz ladder 7' } })).status).toBe(200);
  });

  it('[T21] puts every step on record with who, from where and when, and no secret', async () => {
    const owner = await box.owner();
    const { secret, recovery } = await equip(owner);
    const anna = await box.invited(owner, 'Anna');
    await signIn('olga.owner', 'a wrong password', undefined, '10.1.2.3');
    for (let i = 0; i < 5; i += 1) await signIn('olga.owner', 'wrong');
    const inside = await signIn('olga.owner', PASSWORD, recovery[0]);
    await box.ask('/api/reauth', { cookie: inside.cookie, body: { password: PASSWORD } });
    const { personId } = (await box.ask('/api/me', { cookie: anna })).body;
    for (const [path, body] of [
      ['rename', { name: 'Anna B' }],
      ['rights', { right: 'owner', on: true }],
      ['rights', { right: 'owner', on: false }],
      ['remove', { why: 'left' }],
    ] as const) {
      expect((await box.ask(`/api/people/${personId}/${path}`, { cookie: owner, body })).status, path).toBe(200);
    }
    await box.ask('/api/sign-out', { cookie: inside.cookie, body: {} });
    const entries = await box.people();
    for (const type of [
      'person-added',
      'person-renamed',
      'right-given',
      'right-taken',
      'person-removed',
      'signed-in',
      'signed-in-again',
      'sign-in-failed',
      'locked',
      'unlocked',
      'password-set',
      'second-factor-set',
      'recovery-codes-made',
      'recovery-code-used',
      'session-ended',
      'invitation-made',
      'invitation-used',
    ]) {
      expect(
        entries.map((e) => e.type),
        type,
      ).toContain(type);
    }
    for (const { payload, type } of entries)
      expect(payload['from'], type).toEqual({ address: expect.stringMatching(/./), agent: expect.stringMatching(/./) });
    expect(entries.find((e) => e.type === 'sign-in-failed')).toMatchObject({ who: 'parley', payload: { from: { address: '10.1.2.3' } } });
    const all = entries.map((e) => e.text).join('\n');
    const vault = (
      await Promise.all(['password', 'totp', 'recovery', 'session', 'ticket'].map((kind) => box.disk.vault.list(kind)))
    ).flat();
    expect(vault.length).toBeGreaterThan(3);
    for (const told of [
      PASSWORD,
      'a wrong password',
      secret,
      ...recovery,
      owner,
      anna,
      ...vault.filter((v) => v.key.length === 64).map((v) => v.key),
    ])
      expect(all.includes(told), told).toBe(false);
  });

  it('[T21] writes no name where it could not be erased: the lines themselves carry ids only', async () => {
    await box.invited(await box.owner('Olga Owner'), 'Anna Berg');
    const lines = await box.disk.store.read('people', 0, 100);
    expect(lines.some(({ line }) => /Olga|Anna/.test(line))).toBe(false);
    expect(lines.some(({ payload }) => payload.includes('Anna Berg'))).toBe(true);
  });
});
