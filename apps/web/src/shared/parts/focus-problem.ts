/** Moves to the first field that was refused, once the page has marked it. */
export function focusFirstProblem(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>('[data-invalid] :is(input, button), [aria-invalid=true]');
    field?.focus();
  });
}
