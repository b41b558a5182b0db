// One whole incident, from the call-out to the debrief, as a log: the built server and its media worker, three Chromiums, a caller with a
// voice, five others at the console's door without a page. At the end all hold the same incident, each his share of it.
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/incident/topic.ts';
import { type CallerProcess, comeIn, type Room, startCaller } from '../contract/caller-desk.ts';
import { hold, invite, joinCall, letIn, makeLink, signIn, startIncident, type Teller } from '../e2e/crew.ts';
import { type Ledger, readLedger, rolesText } from '../e2e/kit/ledger.ts';
import { type Parley, startParley } from '../e2e/kit/parley.ts';
import { waitFor } from '../e2e/kit/process.ts';
import { type Asked, askOn, Told, WIRES, watchPage } from '../e2e/kit/told.ts';
import { requirePart } from '../parts.ts';

const LOOK = { timeout: 15_000 };
const SOON = { withinMs: 15_000 };
const SUBJECT_HZ = 440;
const LIKELY = { source: 'heard on the line', confidence: 'likely' };

requirePart('chromium');

interface Sat extends Teller {
  readonly told: Told;
}
interface Joined {
  readonly room: Room;
  readonly told: Told;
}

async function sit(address: string, name: string, hz: number): Promise<Sat> {
  let told = new Told();
  const teller = await signIn(address, { name, hz, initScript: WIRES }, (page) => {
    told = watchPage(page);
  });
  return { ...teller, told };
}

const commandId = () => randomBytes(12).toString('base64url');

/** A command of the person at this page. @throws Error when it is not done. */
async function ask({ page }: Sat, command: { readonly type: string; readonly [field: string]: unknown }): Promise<void> {
  const answer: Asked = await askOn(page, { ...command, id: commandId() });
  if (answer.t !== 'ack') throw new Error(`${command.type}: ${JSON.stringify(answer)}`);
}

async function openBoard(page: Page, group: RegExp, board: RegExp): Promise<void> {
  await page.getByRole('tablist', { name: 'Board', exact: true }).getByRole('tab', { name: group }).click(LOOK);
  await page
    .getByRole('tablist', { name: /^Boards:/ })
    .getByRole('tab', { name: board })
    .click(LOOK);
}

const localMinute = (at: number) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
const seen = ({ told }: { readonly told: Told }, type: string) => told.held.filter((one) => 'type' in one && one.type === type);

describe('a man behind a locked door', () => {
  let parley: Parley;
  let anna: Sat;
  let boris: Sat;
  let toni: Sat;
  let caller: CallerProcess;
  const away: Record<string, Joined> = {};
  let incidentId = '';
  let workers: readonly number[] = [];

  const id = ({ told }: { readonly told: Told }) => told.personId;
  const person = (name: string): Joined => {
    const one = away[name];
    if (one === undefined) throw new Error(`${name} is not here`);
    return one;
  };
  const come = async (name: string, role: Role) => {
    const told = new Told();
    away[name] = { told, room: await comeIn(parley, await invite(anna, incidentId, role), { name, id: incidentId, tap: told }) };
    await waitFor(`${name} to be told`, () => told.held.length > 0, SOON);
  };
  const everybody = (): readonly { readonly name: string; readonly told: Told }[] => [
    { name: 'Anna', told: anna.told },
    { name: 'Boris', told: boris.told },
    { name: 'Toni', told: toni.told },
    ...Object.entries(away).map(([name, { told }]) => ({ name, told })),
  ];

  beforeAll(async () => {
    parley = await startParley();
  }, 60_000);

  afterAll(async () => {
    caller?.signal('SIGKILL');
    for (const { room } of Object.values(away)) room.close();
    await Promise.all([anna, boris, toni].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  it('21:04 call-out: Anna starts the incident, the others come, the header is filled in', { timeout: 90_000 }, async () => {
    anna = await sit(await parley.ownerLink(), 'Anna', 930);
    incidentId = await startIncident(anna);
    await anna.page.getByRole('button', { name: 'Invite people' }).first().click(LOOK);
    const dialog = anna.page.getByRole('dialog');
    await dialog.getByLabel('Role in this incident').selectOption('coach');
    await dialog.getByRole('button', { name: 'Make an invitation' }).click(LOOK);
    const address = await dialog.getByLabel('Invitation link').inputValue(LOOK);
    await anna.page.keyboard.press('Escape');
    const forToni = await invite(anna, incidentId, 'tactical');
    [boris, toni] = await Promise.all([sit(address, 'Boris', 1580), sit(forToni, 'Toni', 700)]);
    await Promise.all([
      come('Carla', 'commander'),
      come('Sam', 'scribe'),
      come('Iris', 'intelligence'),
      come('Ivo', 'interpreter'),
      come('Theo', 'third-party'),
    ]);
    await waitFor('all of them in the log', () => Object.keys(anna.told.state.people).length === 8, SOON);
    const header = {
      place: 'Mill Street 4',
      kind: 'barricade',
      startedAt: Date.now(),
      number: '7-114',
      commander: 'Carla',
      status: '',
      more: '',
    };
    const { room } = person('Sam');
    await room.command({ type: 'add-header', rowId: 'header-1', fields: header, ...LIKELY });
    for (const [name, { told }] of Object.entries({ Anna: anna, Boris: boris }))
      await room.command({
        type: 'add-presence',
        rowId: `here-${name.toLowerCase()}`,
        fields: { who: name, member: told.personId, place: 'cell', part: '', arrivedAt: Date.now(), phone: '' },
        ...LIKELY,
      });
  });

  it('21:09 contact: a link, a device that waits, let in under an authority, and Anna takes the floor', { timeout: 60_000 }, async () => {
    await Promise.all([joinCall(anna, parley, incidentId), joinCall(boris, parley, incidentId)]);
    await ask(anna, { type: 'record-authority', basis: 'emergency', words: 'life in danger', officer: 'Carla', scope: ['recording'] });
    caller = startCaller(['--url', await makeLink(anna), '--tone', String(SUBJECT_HZ)]);
    await anna.page.getByRole('button', { name: 'Let in' }).first().waitFor(LOOK);
    await letIn(anna);
    await caller.until('sound', { withinMs: 20_000 });
    await toni.page.getByText('NOT SAFE', { exact: true }).first().waitFor(LOOK);
    await hold(anna, 'Take the floor');
    await anna.page.locator('.bar').getByText('You', { exact: true }).waitFor(LOOK);
    workers = await parley.workers();
    expect(workers.length).toBeGreaterThan(0);
    expect(workers).not.toContain(parley.pid);
  });

  it('21:15 he demands: his words, and a deadline that passes while nobody speaks of it', { timeout: 60_000 }, async () => {
    const { page } = anna;
    await openBoard(page, /^Deal/, /^Demands/);
    await page.getByRole('button', { name: 'Add a demand' }).click(LOOK);
    await page.getByLabel('His exact words').fill('I want my brother here');
    await page.getByRole('button', { name: 'Put it on the board' }).click(LOOK);
    await page.locator('.board-row', { hasText: 'I want my brother here' }).waitFor(LOOK);
    await openBoard(page, /^Deal/, /^Deadlines/);
    await page.getByRole('button', { name: 'Add a deadline' }).click(LOOK);
    await page.getByLabel('His exact words').fill('By ten he is here');
    await page.getByLabel('When', { exact: true }).fill(localMinute(Date.now() + 20 * 60_000));
    await page.getByRole('button', { name: 'Put it on the board' }).click(LOOK);
    const row = await waitFor('the deadline', () => Object.values(boris.told.state.deadlines)[0], SOON);
    // He changes his mind: at once.
    const dueAt = Date.now() + 1_500;
    await ask(anna, { type: 'correct-deadline', rowId: row.id, fields: { dueAt }, note: 'he said: now' });
    const due = (one: Sat | Joined) =>
      seen(one, 'deadline-warned').some((e) => 'type' in e && (e.payload as { readonly minutes: number }).minutes === 0);
    await waitFor('the warning at the time itself', () => due(boris) && due(toni) && due(person('Sam')), SOON);
    await ask(boris, { type: 'move-deadline', rowId: row.id, to: 'passed', note: '' });
  });

  it('21:20 a promise is made', async () => {
    const fields = { what: 'He sees his dog', to: 'him', madeBy: id(anna), approvedBy: 'Carla', dueAt: null };
    await ask(anna, { type: 'add-promise', rowId: 'promise-1', fields, ...LIKELY });
    await waitFor('the promise', () => boris.told.state.promises['promise-1'], SOON);
  });

  it('21:26 tactical gate: the coach acknowledges one action, the commander lets another through', { timeout: 60_000 }, async () => {
    const fields = { what: 'Power off in the flat', sort: 'power', at: null, where: '', more: '' };
    await ask(toni, { type: 'add-tactical-action', rowId: 'power-off', fields, ...LIKELY });
    const strip = boris.page.getByRole('region', { name: 'Tactical gate' }).first();
    await strip.getByRole('button', { name: 'Acknowledge' }).click(LOOK);
    await toni.page.getByText('clear: acknowledged').first().waitFor(LOOK);
    await ask(toni, {
      type: 'add-tactical-action',
      rowId: 'van-near',
      fields: { ...fields, what: 'A van comes near', sort: 'vehicles' },
      ...LIKELY,
    });
    const overridden = { type: 'move-tactical-action', rowId: 'van-near', to: 'overridden', note: 'smoke is seen' };
    await expect(person('Sam').room.command(overridden)).rejects.toThrow('T5');
    await person('Carla').room.command(overridden);
    await ask(toni, { type: 'add-liaison-note', rowId: 'roof-team', fields: { what: 'A team is on the roof', more: '' }, ...LIKELY });
  });

  it('21:40 his brother speaks to him, inside his window and not before', { timeout: 60_000 }, async () => {
    const { room } = person('Theo');
    await room.join({ hz: 1_250, isOutsider: true });
    const turn = { type: 'give-turn', personId: id(person('Theo')) };
    await waitFor('his leg', () => anna.told.state.legs[`person.${id(person('Theo'))}`]?.state === 'up', SOON);
    await expect(ask(anna, turn)).rejects.toThrow('A7');
    await ask(anna, {
      type: 'open-window',
      personId: id(person('Theo')),
      purpose: 'the dog is well',
      script: 'Say: Rex is here.',
      minutes: 2,
    });
    await ask(anna, turn);
    await room.until('his turn', ({ type }) => type === 'turn-given');
    await ask(boris, { type: 'close-window', cause: 'he was told to come home' });
    await room.until('the cut', ({ type }) => type === 'window-closed');
    await waitFor('the floor back', () => boris.told.state.floor.holder === id(anna), SOON);
    await expect(ask(anna, turn)).rejects.toThrow('A7');
  });

  it('22:10 relief: Boris reads the handover sheet and accepts, takes the floor, and Anna is free', { timeout: 60_000 }, async () => {
    await ask(anna, { type: 'start-relief', reliefId: 'relief-1', role: 'primary', outId: id(anna), inId: id(boris) });
    await boris.page.getByRole('tab', { name: /^Brief/ }).click(LOOK);
    await boris.page.getByText('Relief', { exact: true }).click(LOOK);
    const card = boris.page.locator('.relief[data-relief="primary"]');
    await card.getByText('He sees his dog').first().waitFor(LOOK);
    await card.getByRole('button', { name: 'Read and accepted' }).click(LOOK);
    await waitFor('the acceptance', () => anna.told.state.relief['relief-1']?.acceptedAt, SOON);
    await expect(ask(anna, { type: 'complete-relief', reliefId: 'relief-1' })).rejects.toThrow('D64');
    await anna.page
      .getByRole('button', { name: /^Offer the floor/ })
      .first()
      .click(LOOK);
    await hold(boris, 'Accept the floor');
    await waitFor('the floor with Boris', () => anna.told.state.floor.holder === id(boris), SOON);
    await ask(anna, { type: 'complete-relief', reliefId: 'relief-1' });
    await waitFor('new roles', () => rolesText(boris.told.roles) === 'primary' && rolesText(anna.told.roles) === 'coach leader', SOON);
  });

  it('22:20 a position paper is signed, and acknowledged by command', async () => {
    const paper = {
      to: ['command', 'tactical'],
      basis: 'one contact',
      status: 'He talks.',
      assessment: '',
      recommendations: 'Go on talking.',
    };
    await ask(anna, { type: 'sign-paper', number: 1, ...paper });
    const { room } = person('Carla');
    await room.until('the paper', ({ type }) => type === 'paper-signed');
    for (const type of ['open-paper', 'acknowledge-paper']) await room.command({ type, number: 1 });
    await expect(person('Iris').room.command({ type: 'open-paper', number: 1 })).rejects.toThrow('D59');
  });

  it('22:35 coming-out plan: both teams sign one version; only then Boris has it, and reads it step by step', {
    timeout: 60_000,
  }, async () => {
    const steps = ['Leave the knife on the table', 'Open the door', 'Come out with empty hands'];
    await ask(anna, { type: 'write-plan', after: 0, steps, stopWords: 'Stop there', promised: 'He sees his dog' });
    await ask(anna, { type: 'sign-plan', version: 1, side: 'negotiation' });
    await waitFor('one signature', () => seen(toni, 'plan-signed').length === 1, SOON);
    expect(boris.told.state.comingOut.versions).toEqual([]);
    await ask(toni, { type: 'sign-plan', version: 1, side: 'tactical' });
    await waitFor('the plan at Boris', () => boris.told.state.comingOut.versions[0]?.state === 'approved', SOON);
    for (const step of steps.keys()) {
      await ask(boris, { type: 'mark-step', version: 1, step, what: 'read' });
      await ask(boris, { type: 'mark-step', version: 1, step, what: 'repeated' });
    }
  });

  it('22:52 he comes out: the call is ended, and the line is safe', { timeout: 60_000 }, async () => {
    await person('Sam').room.command({ type: 'write-note', text: 'He came out with empty hands.' });
    await hold(anna, 'End the call');
    await toni.page.getByRole('status', { name: 'SAFE', exact: true }).waitFor(LOOK);
    caller.signal('SIGTERM');
  });

  it('23:05 [X4] [X5] the incident is closed by who hands over the promise and the order', { timeout: 60_000 }, async () => {
    const { page } = anna;
    await expect(ask(anna, { type: 'close-incident', outcome: 'came out' })).rejects.toThrow('X4');
    await expect(ask(anna, { type: 'close-incident', outcome: 'came out', promisesTo: 'Sam' })).rejects.toThrow('X5');
    await page.getByRole('button', { name: 'This incident…' }).click(LOOK);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('He sees his dog').waitFor(LOOK);
    await dialog.getByLabel(/^Who keeps them now/).fill('the day shift: Mira');
    await dialog.getByLabel(/^Who sees to them/).fill('Carla');
    await hold(anna, 'Close the incident');
    await page.getByText('CLOSED', { exact: true }).first().waitFor(LOOK);
    for (const { name, told } of everybody().filter(({ name }) => name !== 'Theo'))
      await waitFor(`the close at ${name}`, () => told.state.incident.closedAt !== null, SOON);
  });

  it('09:30 debrief: a word of it stands in the custody stream, and nothing in the log', { timeout: 60_000 }, async () => {
    const { page } = anna;
    const dialog = page.getByRole('dialog');
    if ((await dialog.count()) > 0) await page.keyboard.press('Escape');
    const before = anna.told.held.length;
    await page.getByRole('button', { name: 'After the close…' }).click(LOOK);
    await dialog.getByLabel('Word of the debrief').fill('The dog was the key. Relief came late.');
    await dialog.getByRole('button', { name: 'Put on record' }).click(LOOK);
    await dialog.getByText('The dog was the key.').waitFor(LOOK);
    expect(anna.told.held.length).toBe(before);
  });

  describe('afterwards, when the server has ended', () => {
    let ledger: Ledger;

    beforeAll(async () => {
      const heads = () => new Set(everybody().map(({ told }) => told.held.length));
      await waitFor('all at the same entry', () => heads().size === 1, SOON);
      expect(await parley.workers().then((now) => now.every((pid) => workers.includes(pid)))).toBe(true);
      await parley.kill9();
      ledger = await readLedger(parley.data, incidentId);
    }, 30_000);

    it('[E45] every console holds what `reduce` makes of the log as its person may see it, to the last entry', () => {
      for (const { name, told } of everybody()) {
        const share = ledger.shareOf(told.personId);
        expect(told.held, name).toEqual(share.entries);
        expect(told.state, name).toEqual(share.state);
      }
      expect(ledger.state.incident.closedAt).not.toBeNull();
      expect(ledger.custody.map(({ type }) => type)).toEqual(['debrief-noted']);
    });

    it('[E46] nobody was ever shown what the roles of the moment do not see', () => {
      for (const { name, told } of everybody()) {
        expect(told.wrongs, name).toEqual([]);
        for (const roles of told.everHad) expect(ledger.rolesEver(told.personId), name).toContain(rolesText(roles));
      }
      const everything = new Set(ledger.logged.map(({ entry }) => entry.type));
      const hiddenFrom = (name: string) => {
        const types = everybody().find((one) => one.name === name)?.told.types ?? [];
        return [...everything].filter((type) => !types.includes(type)).sort();
      };
      expect(hiddenFrom('Anna')).toEqual([]);
      expect(hiddenFrom('Boris')).toEqual(['deadline-warned', 'liaison-note-added', 'paper-signed', 'plan-signed', 'plan-written']);
      expect(hiddenFrom('Toni')).toEqual([]);
      expect(hiddenFrom('Sam')).toEqual(['liaison-note-added', 'paper-signed']);
      expect(person('Theo').told.types).toEqual([
        'floor-emptied',
        'incident-opened',
        'role-assigned',
        'turn-given',
        'turn-returned',
        'window-closed',
        'window-opened',
      ]);
    });

    it('[T4] no page made an error or broke its policy', () => {
      for (const { browser } of [anna, boris, toni])
        expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
    });
  });
});
