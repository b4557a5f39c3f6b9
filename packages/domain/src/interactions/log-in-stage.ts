import type { LegEvent, PromptName } from '../calls/call-control.ts';
import type { LogInResult } from '../features/hot-desk.ts';
import type { Language } from '../identity/language.ts';
import type { Call } from './call.ts';
import { ConfirmStage } from './confirm-stage.ts';
import type { CommandFailure } from './phone-state.ts';
import type { Side } from './side.ts';
import type { PersonView, Stage } from './stage.ts';

/** Milliseconds after the last key until what was typed counts as all, and without any key until the phone gives up. */
const typingPause = 5_000;
const longestSilence = 20_000;
const mostDigits = 12;

/** Asks for extension and PIN, each ended by `#` or a pause, and says what came of it. */
export class LogInStage implements Stage {
  readonly #call: Call;
  readonly #side: Side;
  readonly #language: Language;
  readonly #logIn: (extension: string, pin: string) => Promise<LogInResult>;
  #extension: string | undefined;
  #digits = '';
  /** Rises with every key: a pause that was broken does not count. */
  #keys = 0;

  constructor(
    call: Call,
    side: Side,
    language: Language,
    logIn: (extension: string, pin: string) => Promise<LogInResult>,
  ) {
    this.#call = call;
    this.#side = side;
    this.#language = language;
    this.#logIn = logIn;
  }

  enter(): void {
    this.#call.answer(this.#side.leg);
    this.#ask('enter-extension');
  }

  onLegEvent(event: LegEvent): void {
    if (event.leg !== this.#side.leg) return;
    if (event.kind === 'ended') this.#call.end({ outcome: 'answered', by: 'caller' });
    else if (event.kind === 'digit') this.#typed(event.digit);
  }

  command(): CommandFailure {
    return 'no-such-call';
  }

  views(): readonly PersonView[] {
    return [];
  }

  leave(): void {}

  #ask(name: PromptName): void {
    this.#digits = '';
    this.#call.play(this.#side.leg, [{ kind: 'prompt', name, language: this.#language }], () => {});
    this.#waitFor(longestSilence);
  }

  #typed(digit: string): void {
    if (digit === '#') return this.#complete();
    if (/^[0-9]$/.test(digit) && this.#digits.length < mostDigits) this.#digits += digit;
    this.#waitFor(typingPause);
  }

  #waitFor(milliseconds: number): void {
    const keys = ++this.#keys;
    this.#call.after(milliseconds, () => {
      if (keys === this.#keys) this.#complete();
    });
  }

  #complete(): void {
    this.#keys++;
    if (this.#digits === '') return this.#tell('refused');
    if (this.#extension === undefined) {
      this.#extension = this.#digits;
      return this.#ask('enter-pin');
    }
    const pin = this.#digits;
    const tellLater = (result: LogInResult) =>
      this.#call.post(() => {
        if (this.#call.stage === this) this.#tell(result);
      });
    void this.#logIn(this.#extension, pin).then(tellLater, () => tellLater('refused'));
  }

  #tell(result: LogInResult): void {
    const name = result === 'logged-in' ? 'logged-in' : 'log-in-refused';
    this.#call.enter(new ConfirmStage(this.#call, this.#side, [{ kind: 'prompt', name, language: this.#language }]));
  }
}
