import './switch.css';
import { Switch as AriaSwitch } from 'react-aria-components';

interface SwitchProps {
  readonly label: string;
  readonly isSelected: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (selected: boolean) => void;
}

/** On or off at once. The word beside it is the page's; `label` is its full name. */
export const Switch = ({ label, ...rest }: SwitchProps) => (
  <AriaSwitch className="al-switch" aria-label={label} {...rest}>
    <i />
  </AriaSwitch>
);
