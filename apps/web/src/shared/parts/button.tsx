import './button.css';
import type { ReactNode } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger, type ButtonProps as AriaProps } from 'react-aria-components';
import { Icon } from '../icons/icon.tsx';
import type { IconName } from '../icons/icons.ts';
import { Kbd } from './kbd.tsx';

export type ButtonLook = 'primary' | 'secondary' | 'tertiary' | 'answer' | 'hangup' | 'ghost' | 'danger';

interface ButtonProps extends Omit<AriaProps, 'children' | 'className'> {
  readonly look?: ButtonLook;
  readonly icon?: IconName;
  readonly big?: boolean;
  readonly keys?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

const classes: Record<ButtonLook, string> = {
  primary: 'kern-btn--primary',
  secondary: 'kern-btn--secondary',
  tertiary: 'kern-btn--tertiary',
  answer: 'al-btn--answer',
  hangup: 'al-btn--hangup',
  ghost: 'al-btn--ghost',
  danger: 'kern-btn--secondary al-btn--danger',
};

/** A button that says what it does. */
export function Button({
  look = 'secondary',
  icon,
  big = false,
  keys,
  className = '',
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton className={`kern-btn ${classes[look]} ${big ? 'al-btn--big' : ''} ${className}`} {...rest}>
      {icon !== undefined && <Icon name={icon} />}
      <span className="kern-label">{children}</span>
      {keys !== undefined && <Kbd>{keys}</Kbd>}
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaProps, 'children' | 'className'> {
  readonly icon: IconName;
  readonly label: string;
  readonly className?: string;
}

/** An icon with a name for everybody: read aloud, and shown when pointed at or focused. */
export function IconButton({ icon, label, className = '', ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={400}>
      <AriaButton aria-label={label} className={`kern-btn kern-btn--tertiary al-btn--icon ${className}`} {...rest}>
        <Icon name={icon} />
      </AriaButton>
      <Tooltip className="al-tooltip" offset={4}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
