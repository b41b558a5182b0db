// The contract of a transport on the fake and on the WebRTC engine.
import { systemClock } from '../../src/media/clock.ts';
import { packetOf } from '../../src/media/memory/packets.ts';
import { MemoryTransport, memoryOffer } from '../../src/media/transports/memory/transport.ts';
import { createPortAllocator } from '../../src/media/transports/werift/ports.ts';
import { weriftTransports } from '../../src/media/transports/werift/transport.ts';
import { legTransportContract } from './leg-transport.ts';
import { MediaPeer } from './media-peer.ts';

legTransportContract('memory', {
  transport: (hearSlots) => new MemoryTransport({ hearSlots }),
  far: async (transport, { slots, mic }) => {
    const memory = transport as MemoryTransport;
    let sent = 0;
    return {
      sdp: memoryOffer(slots, mic),
      accept: async () => {
        memory.connect();
        memory.beat();
      },
      sendOne: () => {
        sent += 1;
        memory.receive(packetOf({ seq: sent, ts: sent * 960 }));
      },
      received: memory.sent,
      leave: async () => memory.fail('far end left'),
    };
  },
});

const transports = weriftTransports({
  clock: systemClock,
  log: () => undefined,
  withPorts: createPortAllocator({ first: 41_400, last: 41_499 }, Math.random),
  announceIps: [],
});
legTransportContract('werift', {
  transport: (hearSlots) => transports({ hearSlots }),
  far: async (_, { slots, mic }) => {
    const peer = new MediaPeer(mic ? 600 : 0, slots);
    const sdp = await peer.offer();
    return {
      sdp,
      accept: (answer) => peer.accept(answer),
      sendOne: () => peer.sendOne(),
      received: peer.received,
      leave: () => peer.close(),
    };
  },
});
