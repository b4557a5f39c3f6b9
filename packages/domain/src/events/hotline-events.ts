export type OfferOutcome = 'answered' | 'declined' | 'no-answer' | 'unreachable' | 'withdrawn';
export type OverflowReason = 'nobody-logged-in' | 'max-wait' | 'closed';

/** Facts about one citizen's contact in a hotline; on the telephone the interaction is the call. */
export type HotlineEvent =
  | {
      readonly kind: 'hotline-queued';
      readonly callId: string;
      readonly hotlineId: string;
      /** 1 = next. */
      readonly position: number;
    }
  | {
      readonly kind: 'hotline-offered';
      readonly callId: string;
      readonly hotlineId: string;
      readonly offerId: string;
      readonly personId: string;
    }
  | {
      readonly kind: 'hotline-offer-ended';
      readonly callId: string;
      readonly hotlineId: string;
      readonly offerId: string;
      readonly personId: string;
      readonly outcome: OfferOutcome;
    }
  | {
      readonly kind: 'hotline-answered';
      readonly callId: string;
      readonly hotlineId: string;
      readonly personId: string;
      readonly waitMilliseconds: number;
    }
  | {
      readonly kind: 'hotline-abandoned';
      readonly callId: string;
      readonly hotlineId: string;
      readonly waitMilliseconds: number;
    }
  | {
      readonly kind: 'hotline-overflowed';
      readonly callId: string;
      readonly hotlineId: string;
      readonly reason: OverflowReason;
      /** 0 for calls that never queued (closed, nobody logged in). */
      readonly waitMilliseconds: number;
    }
  | {
      readonly kind: 'wrap-up-started';
      readonly callId: string;
      readonly hotlineId: string;
      readonly personId: string;
    }
  | {
      readonly kind: 'wrap-up-ended';
      readonly callId: string;
      readonly hotlineId: string;
      readonly personId: string;
      readonly outcome?: WrapUpOutcome;
      readonly milliseconds: number;
    };

export const wrapUpOutcomes = ['done', 'callback', 'forwarded', 'wrong-office', 'no-contact', 'other'] as const;
export type WrapUpOutcome = (typeof wrapUpOutcomes)[number];
