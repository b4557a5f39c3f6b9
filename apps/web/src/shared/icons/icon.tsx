import './icon.css';
import { icons, type IconName } from './icons.ts';

interface IconProps {
  readonly name: IconName;
  readonly size?: 16 | 20 | 24 | 32 | 40;
  readonly className?: string;
}

const pathOf = (source: string): string => /\sd="([^"]+)"/.exec(source)?.[1] ?? '';
const paths = new Map<IconName, string>();

/** Decoration only: what it means stands beside it as a word. */
export function Icon({ name, size = 20, className = '' }: IconProps) {
  let path = paths.get(name);
  if (path === undefined) paths.set(name, (path = pathOf(icons[name])));
  return (
    <svg
      className={`al-icon al-icon--${String(size)} ${className}`}
      viewBox="0 -960 960 960"
      aria-hidden="true"
      focusable="false"
    >
      <path d={path} />
    </svg>
  );
}
