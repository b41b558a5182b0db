// The memory store: the contract, and its switch that stands for a full disk.
import { expect, it } from 'vitest';
import { chained } from '../../../../test/contract/chained.ts';
import { storeContract } from '../../../../test/contract/store.ts';
import { openMemoryStore } from './store.ts';

storeContract('memory', async () => openMemoryStore());

it('[E9] a memory store switched off refuses writes, keeps nothing of them, and goes on when switched on', async () => {
  const { store, vault, setWritable } = openMemoryStore();
  const lines = chained('s', ['1', '2']);
  await store.append('s', 0, lines.slice(0, 1));
  setWritable(false);
  await expect(store.append('s', 1, lines.slice(1))).rejects.toMatchObject({ code: 'not-writable' });
  await expect(vault.put('k', 'a', '1')).rejects.toMatchObject({ code: 'not-writable' });
  expect(await store.read('s', 0, 10)).toEqual(lines.slice(0, 1));
  setWritable(true);
  await store.append('s', 1, lines.slice(1));
  expect(await store.read('s', 0, 10)).toEqual(lines);
});
