const services = ['sos', 'sos.police', 'sos.fire', 'sos.ambulance'] as const;

/** A call for help that names what is needed instead of a number. */
export type EmergencyService = (typeof services)[number];

/** The service that a URN names (RFC 5031 §3), however its letters are written; undefined: none of these. */
export function emergencyServiceOf(uri: string): EmergencyService | undefined {
  const label = /^urn:service:([a-z.]{3,20})$/i.exec(uri)?.[1]?.toLowerCase();
  return services.find((service) => service === label);
}
