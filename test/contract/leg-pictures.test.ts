// The contract of pictures on the fake and on the WebRTC engine.
import { systemClock } from '../../src/media/clock.ts';
import { packetOf } from '../../src/media/memory/packets.ts';
import { MemoryTransport, memoryPictureOffer } from '../../src/media/transports/memory/transport.ts';
import { createPortAllocator } from '../../src/media/transports/werift/ports.ts';
import { weriftTransports } from '../../src/media/transports/werift/transport.ts';
import { legPicturesContract } from './leg-pictures.ts';
import { PicturePeer } from './picture-peer.ts';

legPicturesContract('memory', {
  transport: (allowed) => new MemoryTransport(allowed),
  far: async (transport, { camera, see }) => {
    const memory = transport as MemoryTransport;
    return {
      sdp: memoryPictureOffer({ ...(camera && { camera: 'vp8' as const }), see }),
      accept: async () => memory.connect(),
      send: (packet) => memory.receivePicture({ ...packetOf(packet), seq: packet.seq & 0xffff, marker: packet.marker, codec: 'vp8' }),
      complainKeyframe: async (slot) => memory.complain({ t: 'keyframe', slot }),
      complainAgain: async (slot, seqs) => memory.complain({ t: 'again', slot, seqs }),
      received: memory.pictures,
      askedAgain: memory.askedAgain,
      keyframesAsked: () => memory.keyframesAsked,
      leave: async () => memory.fail('far end left'),
    };
  },
});

const transports = weriftTransports({
  clock: systemClock,
  log: () => undefined,
  withPorts: createPortAllocator({ first: 41_500, last: 41_599 }, Math.random),
  announceIps: [],
});
legPicturesContract('werift', {
  transport: transports,
  far: async (_, given) => {
    const peer = new PicturePeer(given);
    const sdp = await peer.offer();
    return {
      sdp,
      accept: (answer) => peer.accept(answer),
      send: (packet) => peer.send({ ...packet, seq: packet.seq & 0xffff }),
      complainKeyframe: (slot) => peer.complainKeyframe(slot),
      complainAgain: (slot, seqs) => peer.complainAgain(slot, seqs),
      received: peer.received,
      askedAgain: peer.askedAgain,
      keyframesAsked: () => peer.keyframesAsked,
      leave: () => peer.close(),
    };
  },
});
