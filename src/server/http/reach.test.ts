// Who is told the addresses inside, by the name that a page came by.
import { describe, expect, it } from 'vitest';
import { cameFromInside } from './reach.ts';

const OWN = ['192.168.7.4', '10.8.0.2'];

describe('a page', () => {
  it.each([
    ['by the public name', ['203.0.113.5'], 'parley.example', false],
    ['by the public address', ['203.0.113.5'], '203.0.113.5', false],
    ['by an address of this machine', ['203.0.113.5'], '192.168.7.4', true],
    ['on this machine', ['203.0.113.5'], '127.0.0.1', true],
    ['on this machine, by name', ['203.0.113.5'], 'localhost', true],
    ['by an address that is announced and its own', ['10.8.0.2'], '10.8.0.2', false],
  ])('[N65] that came %s is told what it knows already', (_, announceIps, hostname, inside) => {
    expect(cameFromInside({ announceIps }, hostname, OWN)).toBe(inside);
  });
});
