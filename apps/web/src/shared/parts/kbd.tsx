/** A key as printed on the keyboard; voices hear it in the key list instead of after every name. */
export function Kbd({ children, quiet = false }: { readonly children: string; readonly quiet?: boolean }) {
  return (
    <kbd className={`al-kbd ${quiet ? 'al-kbd--quiet' : ''}`} aria-hidden="true">
      {children}
    </kbd>
  );
}
