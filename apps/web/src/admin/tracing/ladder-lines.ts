import type { CallTraceView, TracedMessageView } from '@amtsleitung/contract';

export interface LadderLine {
  readonly id: string;
  readonly message: TracedMessageView;
  /** Column of the other side; the house has its own. */
  readonly column: number;
}

export interface Ladder {
  /** Names of the columns, left to right; `house` is the place of this house among them. */
  readonly columns: readonly string[];
  readonly house: number;
  readonly lines: readonly LadderLine[];
}

/** All legs of a call as one ladder: who began stands left of the house, everybody else right of it. */
export function ladderOf({ legs }: CallTraceView, houseName: string): Ladder {
  const lines = legs
    .flatMap(({ leg, messages }) => messages.map((message, place) => ({ id: `${leg} ${String(place)}`, leg, message })))
    .sort((left, right) => left.message.at - right.message.at);
  const peers = [...new Map(lines.map(({ leg, message }) => [`${leg} ${message.peer}`, message.peer]))];
  const [first, ...others] = peers;
  const columns = first === undefined ? [houseName] : [first[1], houseName, ...others.map(([, name]) => name)];
  const places = new Map(peers.map(([key], place) => [key, place === 0 ? 0 : place + 1]));
  return {
    columns,
    house: first === undefined ? 0 : 1,
    lines: lines.map(({ id, leg, message }) => ({ id, message, column: places.get(`${leg} ${message.peer}`) ?? 0 })),
  };
}

/** `10:41:04.123` */
export function traceTime(at: number): string {
  const time = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
  return `${clock}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

/** The ladder as lines of text with the messages below, to be sent to a provider. */
export function ladderText(ladder: Ladder): string {
  const house = ladder.columns[ladder.house] ?? '';
  const arrows = ladder.lines.map(({ message }) => {
    const way = message.direction === 'received' ? `${message.peer} → ${house}` : `${house} → ${message.peer}`;
    return `${traceTime(message.at)}  ${message.transport.toUpperCase().padEnd(3)}  ${way}  ${message.summary}`;
  });
  const messages = ladder.lines.map(
    ({ message }) =>
      `--- ${traceTime(message.at)} ${message.summary}\n${message.text.replaceAll('\r\n', '\n').trimEnd()}`,
  );
  return [...arrows, '', ...messages, ''].join('\n');
}
