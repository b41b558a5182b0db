// The settings of a far end's connections, for link page and field phone alike.
import type { ToField } from '../../protocol/field.ts';

/** How a connection of a far end's page is made, as the box said when it let the device in. */
export function rtcConfig(admitted: Extract<ToField, { t: 'admitted' }>): RTCConfiguration {
  return {
    iceServers: admitted.ice.map((server) => ({ ...server })) as RTCIceServer[],
    iceTransportPolicy: admitted.relayOnly ? 'relay' : 'all',
    bundlePolicy: 'max-bundle',
  };
}
