import './field.css';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaProps } from 'react-aria-components';
import { Icon } from '../icons/icon.tsx';

interface CheckboxProps extends Omit<AriaProps, 'children' | 'className'> {
  readonly children: ReactNode;
}

export const Checkbox = ({ children, ...rest }: CheckboxProps) => (
  <AriaCheckbox className="al-check" {...rest}>
    <span className="al-check__box">
      <Icon name="check" size={16} />
    </span>
    <span className="al-grow">{children}</span>
  </AriaCheckbox>
);
