import type { Clause, NamedTest } from './named-tests.ts';

/** One thing an RFC demands and we do, kept by hand in docs/rfc-musts.json. */
export interface Requirement {
  readonly rfc: number;
  readonly section: string;
  /** In our own words, one line. */
  readonly must: string;
  /** Parts of test names that prove it; left out: every test of the clause does. */
  readonly tests?: readonly string[];
}

/** One thing an RFC demands of a role that is ours, and we knowingly do not do. */
export interface NotImplemented {
  readonly rfc: number;
  readonly section: string;
  /** In our own words, one line. */
  readonly must: string;
  /** One line. */
  readonly why: string;
}

export interface RequirementsFile {
  readonly titles: Readonly<Record<string, string>>;
  readonly requirements: readonly Requirement[];
  readonly notImplemented: readonly NotImplemented[];
}

export interface ProvenRequirement extends Requirement {
  readonly proofs: readonly NamedTest[];
}

/** Every requirement with its tests, and what is wrong with the list. */
export function judge(
  file: RequirementsFile,
  tests: readonly NamedTest[],
): { readonly proven: readonly ProvenRequirement[]; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const proven = file.requirements.map((requirement) => {
    const { rfc, section, must, tests: parts } = requirement;
    const where = `RFC ${rfc} §${section}`;
    const candidates = tests.filter((test) => test.clauses.some((clause) => isOf(clause, requirement)));
    for (const part of parts ?? []) {
      if (!candidates.some(({ name }) => name.includes(part))) faults.push(`${where}: no test "${part}"`);
    }
    const proofs = parts ? candidates.filter(({ name }) => parts.some((part) => name.includes(part))) : candidates;
    if (proofs.length === 0) faults.push(`${where}: nothing proves "${must}"`);
    if (!(rfc in file.titles)) faults.push(`${where}: RFC ${rfc} has no title`);
    return { ...requirement, proofs };
  });
  for (const { rfc, section, why } of file.notImplemented) {
    if (!(rfc in file.titles)) faults.push(`RFC ${rfc} §${section}: RFC ${rfc} has no title`);
    if (why.trim() === '') faults.push(`RFC ${rfc} §${section}: nobody says why it is not done`);
  }
  return { proven, faults };
}

function isOf(clause: Clause, requirement: Requirement): boolean {
  return clause.rfc === requirement.rfc && clause.section === requirement.section;
}
