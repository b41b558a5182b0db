// Server lists as boxes name them.
import { describe, expect, it } from 'vitest';
import { stackServers } from './ice.ts';

describe('the list of servers', () => {
  it('is taken over with names and passwords, the usual port where none is named', () => {
    const relay = { urls: ['turn:relay.example:5349?transport=udp', 'turn:[2001:db8::1]'], username: '17:me', credential: 'p@ss:word' };
    const account = { username: '17:me', password: 'p@ss:word', relayType: 'TurnUdp' };
    expect(stackServers([{ urls: ['stun:192.0.2.1'] }, relay])).toEqual([
      { hostname: '192.0.2.1', port: 3478 },
      { hostname: 'relay.example', port: 5349, ...account },
      { hostname: '2001:db8::1', port: 3478, ...account },
    ]);
  });

  it('leaves out what this stack cannot use and what is no server', () => {
    const urls = ['turns:relay.example:443', 'turn:relay.example?transport=tcp', 'http://relay.example', 'turn:', 'stun:a:b:c', ''];
    expect(stackServers([{ urls }])).toEqual([]);
  });
});
