import './field.css';
import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

interface ChipsProps<T extends string> {
  readonly label: string;
  readonly chips: readonly { readonly id: T; readonly label: ReactNode }[];
  readonly value: T;
  readonly onChange: (id: T) => void;
}

/** One of a few filters. */
export function Chips<T extends string>({ label, chips, value, onChange }: ChipsProps<T>) {
  return (
    <ToggleButtonGroup
      className="al-chips"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const [first] = keys;
        if (first !== undefined) onChange(first as T);
      }}
    >
      {chips.map((chip) => (
        <ToggleButton key={chip.id} id={chip.id} className="al-chip">
          {chip.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
