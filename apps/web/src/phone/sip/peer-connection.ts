/** Neither STUN nor TURN: our media process has a public candidate of its own (ICE-lite, RFC 8445 §2.5). */
export const peerConfiguration: RTCConfiguration = { iceServers: [] };

/** Interfaces that do not answer must not keep a citizen waiting for the 200. */
const gatheringLimit = 300;

/** Ends candidate gathering with the first host candidate, or after 300 ms. Returns what to call per candidate. */
export function hurryGathering(): (candidate: RTCIceCandidate, ready: () => void) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (candidate, ready) => {
    if (candidate.type === 'host') {
      clearTimeout(timer);
      ready();
      return;
    }
    timer ??= setTimeout(ready, gatheringLimit);
  };
}

/** Puts G.711 A-law first: the trunk speaks it, and nothing then has to be recoded. */
export function preferALaw(connection: RTCPeerConnection): void {
  const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
  const sorted = [...codecs].sort((left, right) => Number(isALaw(right)) - Number(isALaw(left)));
  connection.addEventListener('signalingstatechange', () => {
    if (connection.signalingState !== 'have-remote-offer') return;
    for (const transceiver of connection.getTransceivers())
      if (transceiver.receiver.track.kind === 'audio') transceiver.setCodecPreferences(sorted);
  });
}

const isALaw = (codec: { mimeType: string }): boolean => codec.mimeType.toLowerCase() === 'audio/pcma';
