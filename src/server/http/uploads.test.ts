// A file comes in and is read again through the doors: what is answered, with which headers, and what is entered.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Box, ORIGIN } from '../../../test/doors-kit.ts';
import { TEST_CARD } from '../../../test/pictures-kit.ts';

describe('files through the doors', () => {
  let box: Box;
  let lead: string;
  let id: string;
  beforeEach(async () => {
    box = await new Box().start();
    lead = await box.invited(await box.owner(), 'Lena');
    id = String((await box.ask('/api/incidents', { cookie: lead, body: { title: 'Bridge', exercise: true } })).body['id']);
  });
  afterEach(() => box.stop());

  const send = (bytes: Buffer, name: string) =>
    box.it.app.inject({
      method: 'POST',
      url: `/api/incidents/${id}/uploads?name=${encodeURIComponent(name)}`,
      headers: { host: 'localhost:8080', origin: ORIGIN, cookie: `parley=${lead}`, 'content-type': 'application/octet-stream' },
      payload: bytes,
    });
  const read = async (uploadId: string, what: string, cookie = lead) =>
    (await box.ask(`/api/incidents/${id}/uploads/${uploadId}/${what}`, { cookie })).raw;
  const entered = async (type: string) => {
    const lines = await box.disk.store.read(`incident/${id}`, 0, 1_000);
    return lines.filter(({ line }) => (JSON.parse(line.slice(65)) as { readonly type: string }).type === type);
  };
  const kept = async (bytes = TEST_CARD.png, name = '../../a <b>.png') => {
    const answer = await send(bytes, name);
    expect(answer.statusCode).toBe(200);
    return (answer.json() as { readonly uploadId: string }).uploadId;
  };

  it('[D71] a picture is kept and entered once, under its own name for what it is', async () => {
    const answer = await send(TEST_CARD.png, 'door.exe');
    expect(answer.json()).toMatchObject({ kind: 'png', carriedPlace: false });
    expect((await send(TEST_CARD.png, 'again.png')).json()).toEqual(answer.json());
    expect(await entered('upload-kept')).toHaveLength(1);
    expect(box.pictures.asked).toBe(1);
  });

  it('[T49] the view is shown, the original only saved, both without a guess, a script or the name that its sender gave', async () => {
    const uploadId = await kept();
    const view = await read(uploadId, 'view');
    expect([view.statusCode, view.headers['content-type'], view.headers['content-disposition']]).toEqual([200, 'image/jpeg', 'inline']);
    const original = await read(uploadId, 'original');
    expect(original.headers['content-disposition']).toBe(`attachment; filename="${uploadId}.png"`);
    expect(original.rawPayload.equals(TEST_CARD.png)).toBe(true);
    for (const { headers } of [view, original]) {
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox; frame-ancestors 'none'");
      expect(headers['cache-control']).toContain('no-store');
    }
  });

  it('[T49] a document has no view', async () => {
    const uploadId = await kept(Buffer.from('He has a dog.\n'), 'note.txt');
    expect((await read(uploadId, 'view')).statusCode).toBe(404);
    expect((await read(uploadId, 'original')).headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it('[D72] a look is entered before a byte is sent; the same look within ten minutes is not entered again', async () => {
    const uploadId = await kept();
    const mia = await box.invited(lead, 'Mia', { incidentId: id, role: 'scribe' });
    const countAfter = async (what: string, cookie: string) => {
      await read(uploadId, what, cookie);
      return (await entered('upload-read')).length;
    };
    expect([await countAfter('view', lead), await countAfter('view', lead), await countAfter('view', mia)]).toEqual([1, 1, 2]);
    // The original leaves the box: each time counts.
    expect([await countAfter('original', lead), await countAfter('original', lead)]).toEqual([3, 4]);
    box.clock.pass(10 * 60_000);
    expect(await countAfter('view', lead)).toBe(5);
  });

  it('[R51] [X2] of a closed incident nothing is handed in, and a look is on record in its custody stream', async () => {
    const uploadId = await kept();
    const house = box.it.rooms.get(id);
    const personId = String((await box.ask('/api/me', { cookie: lead })).body['personId']);
    await house?.room.submit({ kind: 'person', personId, name: 'Lena' }, { type: 'close-incident', outcome: 'came out' });
    expect(house?.room.state.incident.closing).not.toBeNull();
    expect((await send(TEST_CARD.jpeg, 'late.jpg')).statusCode).toBe(409);
    expect((await read(uploadId, 'view')).statusCode).toBe(200);
    const record = (await box.ask(`/api/incidents/${id}/custody`, { cookie: lead })).body as unknown as readonly unknown[];
    expect(record).toMatchObject([{ type: 'upload-read', payload: { uploadId, what: 'view' } }]);
    box.disk.setWritable(false);
    expect((await read(uploadId, 'original')).statusCode).toBe(409);
    box.disk.setWritable(true);
  });

  it('[T43] a picture of more than 40 million pixels never comes to what decodes it', async () => {
    const huge = Buffer.from(TEST_CARD.png);
    huge.writeUInt32BE(7_000, 16);
    huge.writeUInt32BE(7_000, 20);
    const answer = await send(huge, 'huge.png');
    expect([answer.statusCode, answer.json()]).toMatchObject([409, { refused: { rule: 'T43' } }]);
    expect([box.pictures.asked, (await entered('upload-kept')).length]).toEqual([0, 0]);
  });
});
