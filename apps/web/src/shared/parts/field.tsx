import './field.css';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { Icon } from '../icons/icon.tsx';

interface TextFieldProps extends Omit<AriaTextFieldProps, 'children' | 'className'> {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong and how it would be right. */
  readonly problem?: string | undefined;
  readonly before?: string;
  readonly after?: ReactNode;
  readonly placeholder?: string;
  readonly className?: string;
}

export function TextField({
  label,
  hint,
  problem,
  before,
  after,
  placeholder,
  className = '',
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField
      className={`al-field ${className}`}
      validationBehavior="aria"
      isInvalid={problem !== undefined}
      {...rest}
    >
      <Label>{label}</Label>
      <div className="al-field__box">
        {before !== undefined && <span className="al-muted al-num">{before}</span>}
        <Input {...(placeholder === undefined ? {} : { placeholder })} />
        {after}
      </div>
      {hint !== undefined && problem === undefined && (
        <Text slot="description" className="al-hint">
          {hint}
        </Text>
      )}
      <FieldError className="al-problem">{problem}</FieldError>
    </AriaTextField>
  );
}

export interface Choice {
  readonly id: string;
  readonly label: string;
}

interface SelectProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly placeholder?: string;
  readonly className?: string;
}

export function Select({ label, choices, value, onChange, hint, problem, placeholder, className = '' }: SelectProps) {
  return (
    <AriaSelect
      className={`al-field ${className}`}
      validationBehavior="aria"
      value={value ?? null}
      onChange={(key) => key !== null && onChange(String(key))}
      isInvalid={problem !== undefined}
      {...(placeholder === undefined ? {} : { placeholder })}
    >
      <Label>{label}</Label>
      <AriaButton className="al-field__box al-field__select">
        <SelectValue className="al-grow al-ellipsis" />
        <Icon name="keyboard_arrow_down" />
      </AriaButton>
      {hint !== undefined && problem === undefined && (
        <Text slot="description" className="al-hint">
          {hint}
        </Text>
      )}
      <FieldError className="al-problem">{problem}</FieldError>
      <Popover className="al-popover">
        <ListBox className="al-menu" items={choices}>
          {(choice) => (
            <ListBoxItem className="al-menu__item" textValue={choice.label}>
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
