export function AudioCheck() {
  return null;
}
