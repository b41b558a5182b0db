// For tests: peer connections that connect, fail and carry packets when they are told to.

export interface FakeConnection {
  connectionState: RTCPeerConnectionState;
  signalingState: RTCSignalingState;
  /** Grows when sound comes. */
  packets: number;
  isClosed: boolean;
  onconnectionstatechange: (() => void) | null;
  /** Changes the state and tells it. */
  become(state: RTCPeerConnectionState): void;
}

export interface FakePeers {
  readonly create: () => RTCPeerConnection;
  readonly all: FakeConnection[];
  /** The newest one. */
  last(): FakeConnection;
}

let tracks = 0;

function fakeConnection(): FakeConnection {
  const made = {
    connectionState: 'new' as RTCPeerConnectionState,
    signalingState: 'stable' as RTCSignalingState,
    iceGatheringState: 'complete',
    localDescription: { sdp: 'offer' },
    packets: 0,
    isClosed: false,
    onconnectionstatechange: null as (() => void) | null,
    addTransceiver: () => {
      tracks += 1;
      return { sender: { replaceTrack: () => Promise.resolve() }, receiver: { track: { id: `track-${tracks}` } } };
    },
    createOffer: () => Promise.resolve({}),
    setLocalDescription: () => {
      made.signalingState = 'have-local-offer';
      return Promise.resolve();
    },
    setRemoteDescription: () => {
      made.signalingState = 'stable';
      return Promise.resolve();
    },
    getStats: () => Promise.resolve(new Map([['in', { type: 'inbound-rtp', packetsReceived: made.packets }]])),
    close: () => {
      made.isClosed = true;
      made.connectionState = 'closed';
    },
    become: (state: RTCPeerConnectionState) => {
      made.connectionState = state;
      made.onconnectionstatechange?.();
    },
  };
  return made;
}

export function makeFakePeers(): FakePeers {
  const all: FakeConnection[] = [];
  return {
    all,
    create: () => {
      const one = fakeConnection();
      all.push(one);
      return one as unknown as RTCPeerConnection;
    },
    last: () => {
      const one = all.at(-1);
      if (one === undefined) throw new Error('no connection was made');
      return one;
    },
  };
}
