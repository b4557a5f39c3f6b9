import { spokenNumber } from '../format/formats.ts';

interface NumberTextProps {
  readonly text: string;
  readonly className?: string;
}

/** A number to look at, with a twin that voices read digit by digit. */
export function NumberText({ text, className = '' }: NumberTextProps) {
  const spoken = spokenNumber(text);
  if (spoken === text) return <span className={`al-num ${className}`}>{text}</span>;
  return (
    <span className={`al-num ${className}`}>
      <span aria-hidden="true">{text}</span>
      <span className="kern-sr-only">{spoken}</span>
    </span>
  );
}
