import { ListBox, ListBoxItem } from 'react-aria-components';
import { useWords } from '../../shared/language/words.ts';
import { traceTime, type Ladder, type LadderLine } from './ladder-lines.ts';

const columnWidth = 150;
const timeWidth = 96;
const rowHeight = 40;
const arrowRow = 28;
const headSize = 7;

interface LadderPictureProps {
  readonly ladder: Ladder;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** Messages as arrows between the columns; each row is one item of a list, so that keys and readers find it. */
export function LadderPicture({ ladder, chosen, onChoose }: LadderPictureProps) {
  const w = useWords();
  const width = timeWidth + ladder.columns.length * columnWidth;
  return (
    <div className="lad">
      <div className="lad-head" style={{ width }} aria-hidden="true">
        {ladder.columns.map((name, column) => (
          <span key={column} className={column === ladder.house ? 'is-house' : ''}>
            {name}
          </span>
        ))}
      </div>
      <ListBox
        className="lad-list"
        style={{ width }}
        aria-label={w('trace.ladder')}
        items={ladder.lines}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={chosen === undefined ? [] : [chosen]}
        onSelectionChange={(keys) => {
          const [first] = keys;
          if (first !== undefined) onChoose(String(first));
        }}
      >
        {(line) => <LadderRow line={line} ladder={ladder} width={width} />}
      </ListBox>
    </div>
  );
}

interface LadderRowProps {
  readonly line: LadderLine;
  readonly ladder: Ladder;
  readonly width: number;
}

function LadderRow({ line, ladder, width }: LadderRowProps) {
  const w = useWords();
  const { message } = line;
  const time = traceTime(message.at);
  const facts = { time, summary: message.summary, peer: message.peer };
  const spoken = w(message.direction === 'received' ? 'trace.received' : 'trace.sent', facts);
  return (
    <ListBoxItem
      id={line.id}
      className={`lad-row ${isRefusal(message.summary) ? 'is-refusal' : ''}`}
      textValue={spoken}
      aria-label={spoken}
    >
      <Arrow line={line} ladder={ladder} width={width} time={time} />
    </ListBoxItem>
  );
}

const isRefusal = (summary: string): boolean => /^[4-6]\d\d /.test(summary);
const middleOf = (column: number): number => timeWidth + column * columnWidth + columnWidth / 2;

function Arrow({ line: { message, column }, ladder, width, time }: LadderRowProps & { readonly time: string }) {
  const [house, peer] = [middleOf(ladder.house), middleOf(column)];
  const [from, to] = message.direction === 'sent' ? [house, peer] : [peer, house];
  const inward = to > from ? -headSize : headSize;
  return (
    <svg width={width} height={rowHeight} aria-hidden="true" focusable="false">
      <text className="lad-time" x={8} y={arrowRow}>
        {time}
      </text>
      {ladder.columns.map((_name, place) => (
        <line key={place} className="lad-life" x1={middleOf(place)} x2={middleOf(place)} y1={0} y2={rowHeight} />
      ))}
      <line className="lad-arrow" x1={from} x2={to} y1={arrowRow} y2={arrowRow} />
      <path className="lad-tip" d={`M ${String(to)} ${String(arrowRow)} l ${String(inward)} -5 v 10 z`} />
      <text className="lad-word" x={(from + to) / 2} y={arrowRow - 8} textAnchor="middle">
        {message.summary}
      </text>
    </svg>
  );
}
