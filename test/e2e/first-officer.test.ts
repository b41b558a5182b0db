// A first officer with a phone: starts an incident by his invitation, talks, and hands the same line to the team.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { hold, invite, joinCall, letIn, makeLink, openLink, signIn, startIncident, type Teller } from './crew.ts';
import { neverHears, waitUntilHears } from './kit/ear.ts';
import { type Parley, startParley } from './kit/parley.ts';

const OFFICER_HZ = 930;
const TEAM_HZ = 1_250;
const SUBJECT_HZ = 440;
const SOON = { withinMs: 10_000 };
const LOOK = { timeout: 10_000 };
const PHONE = { width: 390, height: 844 };

requirePart('chromium');

describe('a first officer with a phone', () => {
  let parley: Parley;
  let officer: Teller;
  let team: Teller;
  let subject: Teller;
  let incidentId: string;

  beforeAll(async () => {
    parley = await startParley();
    team = await signIn(await parley.ownerLink(), { name: 'Tina', hz: TEAM_HZ });
    await team.page.getByRole('button', { name: 'Start an incident' }).waitFor(LOOK);
    officer = await signIn(await firstOfficerLink(team), { name: 'Otto', hz: OFFICER_HZ, viewport: PHONE });
  }, 60_000);

  afterAll(async () => {
    await Promise.all([team, officer, subject].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  it('[T76] [V75] starts an incident and talks, on a screen of 390x844 that holds his keys and scrolls in one direction', async () => {
    incidentId = await startIncident(officer);
    await joinCall(officer, parley, incidentId);
    subject = await openLink(await makeLink(officer), { name: 'subject', hz: SUBJECT_HZ });
    await letIn(officer);
    await waitUntilHears(officer.page, SUBJECT_HZ, SOON);
    await hold(officer, /^Take the floor/);
    await waitUntilHears(subject.page, OFFICER_HZ, SOON);
    await officer.page.screenshot({ path: process.env['PARLEY_SHOT'] ?? '/dev/null', type: 'png' });
    expect(await layoutOf(officer)).toEqual({ sideways: 0, mute: true, floor: true, light: true });
    expect(await secondIncident(officer)).toBe(403);
  });

  it('[N127] [N128] [V76] hands the line to the team by one act: he talks until the floor is accepted, then listens', async () => {
    await team.page.goto(await invite(officer, incidentId, 'coach'));
    await team.page.getByRole('textbox', { name: 'Your name' }).fill('Tina', LOOK);
    await team.page.keyboard.press('Enter');
    await team.page.waitForURL(new RegExp(incidentId), LOOK);
    await joinCall(team, parley, incidentId);
    await waitUntilHears(team.page, SUBJECT_HZ, SOON);
    const { page } = officer;
    await page.screenshot({ path: process.env['PARLEY_SHOT2'] ?? '/dev/null', type: 'png' });
    await page.getByRole('button', { name: 'Hand over to the team' }).click(LOOK);
    await page.getByRole('button', { name: 'Hand over', exact: true }).click(LOOK);
    await team.page.getByRole('button', { name: /^Accept the floor/ }).waitFor(LOOK);
    await waitUntilHears(subject.page, OFFICER_HZ, SOON);
    await hold(team, /^Accept the floor/);
    await waitUntilHears(subject.page, TEAM_HZ, SOON);
    await neverHears(subject.page, [OFFICER_HZ], { forMs: 700 });
    await waitUntilHears(page, SUBJECT_HZ, SOON);
    await team.page.getByText('hands the line to the team').first().waitFor(LOOK);
    for (const { browser } of [team, officer, subject])
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
  });
});

/** An invitation as the owner's first page asks for it. */
function firstOfficerLink({ page }: Teller): Promise<string> {
  return page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/api/invitations', { method: 'POST', headers, body: JSON.stringify({ firstOfficer: true }) });
    return ((await answer.json()) as { url: string }).url;
  });
}

/** What a second incident is answered with. */
function secondIncident({ page }: Teller): Promise<number> {
  return page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ title: 'x', exercise: false });
    return (await fetch('/api/incidents', { method: 'POST', headers, body })).status;
  });
}

/** What of the screen is in sight without scrolling. */
function layoutOf({ page }: Teller): Promise<unknown> {
  return page.evaluate(() => {
    const isSeen = (selector: string) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return box !== undefined && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
    };
    return {
      sideways: document.documentElement.scrollWidth - innerWidth,
      mute: isSeen('.mute'),
      floor: isSeen('.floor-acts button'),
      light: isSeen('.light'),
    };
  });
}
