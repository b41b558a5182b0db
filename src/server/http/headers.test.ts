// Headers: the phone's page is held as strictly as every other, but for the one word that lets it register its worker.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Box } from '../../../test/doors-kit.ts';

describe('the headers of the pages', () => {
  let box: Box;
  beforeAll(async () => {
    box = await new Box().start();
  });
  afterAll(() => box.stop());

  it('[N92] differ at the phone page in its one policy for script addresses only', async () => {
    const [page, phone, worker] = await Promise.all(['/', '/field/', '/field/worker.js'].map((path) => box.ask(path)));
    const policyOf = (reply: typeof page) => String(reply?.raw.headers['content-security-policy']).split('; ');
    expect(policyOf(page)).toContain("trusted-types 'none'");
    expect(policyOf(phone)).toContain('trusted-types phone');
    const others = (reply: typeof page) => policyOf(reply).filter((part) => !part.startsWith('trusted-types'));
    expect(others(phone)).toEqual(others(page));
    expect(policyOf(phone)).toEqual(policyOf(worker));
    for (const name of ['x-content-type-options', 'referrer-policy', 'cache-control', 'permissions-policy'])
      expect(phone?.raw.headers[name], name).toBe(page?.raw.headers[name]);
  });
});
