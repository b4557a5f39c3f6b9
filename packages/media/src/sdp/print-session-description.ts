import type { Attribute, MediaSection, SessionDescription } from './session-description.ts';

/** The text of a session description, lines ended by CRLF. */
export function printSessionDescription(description: SessionDescription): string {
  const { username, sessionId, version, address } = description.origin;
  const lines = [
    'v=0',
    `o=${username} ${sessionId} ${version} IN ${family(address)} ${address}`,
    's=-',
    ...connectionLine(description.connection),
    't=0 0',
    ...description.attributes.map(attributeLine),
    ...description.media.flatMap(sectionLines),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

const family = (address: string): 'IP4' | 'IP6' => (address.includes(':') ? 'IP6' : 'IP4');

const connectionLine = (address: string | undefined): readonly string[] =>
  address === undefined ? [] : [`c=IN ${family(address)} ${address}`];

const attributeLine = ({ name, value }: Attribute): string =>
  value === undefined ? `a=${name}` : `a=${name}:${value}`;

const sectionLines = (section: MediaSection): readonly string[] => [
  `m=${section.kind} ${section.port} ${section.protocol} ${section.formats.join(' ')}`,
  ...connectionLine(section.connection),
  ...section.attributes.map(attributeLine),
];
