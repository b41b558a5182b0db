// What is done with a closed incident is on record beside its log, and comes before the doing.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Box } from '../../../test/doors-kit.ts';
import { contentTypeOf } from './recordings.ts';

const FILE = '00001.opus';

async function closedIncident() {
  const box = await new Box().start();
  const owner = await box.owner();
  const id = String((await box.ask('/api/incidents', { cookie: owner, body: { title: 'Bridge', exercise: false } })).body['id']);
  const personId = String((await box.ask('/api/me', { cookie: owner })).body['personId']);
  const folder = join(box.config.dataDir, 'media', id, 'line.one');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, FILE), 'sound');
  const house = box.it.rooms.get(id);
  await house?.room.submit({ kind: 'person', personId, name: 'Olga' }, { type: 'close-incident', outcome: 'came out' });
  for (let looks = 0; looks < 100 && house?.room.state.incident.closedAt === null; looks += 1) await new Promise(setImmediate);
  expect(house?.room.state.incident.closedAt).not.toBeNull();
  return { box, owner, id, at: `/api/incidents/${id}` };
}

it('[R51] puts the reading of a closed incident on record in its custody stream, and nothing into its log', async () => {
  const { box, owner, id, at } = await closedIncident();
  const before = box.it.rooms.get(id)?.room.state.seq;
  expect((await box.ask(`${at}/recordings/line.one/${FILE}`, { cookie: owner })).status).toBe(200);
  const record = (await box.ask(`${at}/custody`, { cookie: owner })).body as unknown as readonly unknown[];
  expect(record).toMatchObject([{ seq: 1, type: 'recording-read', payload: { leg: 'line.one', file: FILE }, who: { kind: 'person' } }]);
  expect(box.it.rooms.get(id)?.room.state.seq).toBe(before);
});

it('[R51] gives nothing to read while the reading cannot be put on record', async () => {
  const { box, owner, at } = await closedIncident();
  box.disk.setWritable(false);
  expect((await box.ask(`${at}/recordings/line.one/${FILE}`, { cookie: owner })).status).toBe(409);
  box.disk.setWritable(true);
  expect((await box.ask(`${at}/recordings/line.one/${FILE}`, { cookie: owner })).status).toBe(200);
});

it('[X6] takes the words of the debrief once the incident is closed, each with its author, and not before', async () => {
  const { box, owner, at } = await closedIncident();
  expect((await box.ask(`${at}/custody`, { cookie: owner, body: { text: 'We waited too long for the interpreter.' } })).status).toBe(200);
  expect((await box.ask(`${at}/custody`, { cookie: owner, body: { text: ' ' } })).status).toBe(400);
  const open = String((await box.ask('/api/incidents', { cookie: owner, body: { title: 'Tower', exercise: false } })).body['id']);
  expect(await box.ask(`/api/incidents/${open}/custody`, { cookie: owner, body: { text: 'x' } })).toMatchObject({ status: 409 });
  const record = (await box.ask(`${at}/custody`, { cookie: owner })).body as unknown as readonly unknown[];
  expect(record).toMatchObject([{ type: 'debrief-noted', payload: { text: 'We waited too long for the interpreter.' } }]);
});

it('[R52] sends every recording as what it is', () => {
  expect(['00001.opus', '00001.webm', '00001.mkv'].map(contentTypeOf)).toEqual(['audio/ogg', 'video/webm', 'video/x-matroska']);
});
