import type { OwnPhoneInput, OwnPhoneView } from '@amtsleitung/contract';

export interface LineDraft {
  readonly always: string;
  readonly busy: string;
  readonly noAnswer: string;
  readonly noAnswerSeconds: string;
  readonly doNotDisturb: boolean;
  readonly hideNumber: boolean;
}

export const lineDraftOf = ({ forwarding, doNotDisturb, hideNumber }: OwnPhoneView): LineDraft => ({
  ...forwarding,
  noAnswerSeconds: String(forwarding.noAnswerSeconds),
  doNotDisturb,
  hideNumber,
});

export const inputOf = ({ doNotDisturb, hideNumber, noAnswerSeconds, ...targets }: LineDraft): OwnPhoneInput => ({
  forwarding: {
    always: targets.always.trim(),
    busy: targets.busy.trim(),
    noAnswer: targets.noAnswer.trim(),
    noAnswerSeconds: Number.parseInt(noAnswerSeconds, 10),
  },
  doNotDisturb,
  hideNumber,
});
