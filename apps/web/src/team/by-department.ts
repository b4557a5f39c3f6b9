import type { ColleagueView } from '@amtsleitung/contract';

export interface DepartmentGroup {
  readonly name: string;
  readonly people: readonly ColleagueView[];
  /** Undefined in small departments: a sum of few would name them. */
  readonly free: number | undefined;
}

const smallest = 5;

/** Departments by name, people in the order they came, which is alphabetical. Never by presence. */
export function byDepartment(people: readonly ColleagueView[]): readonly DepartmentGroup[] {
  const groups = Map.groupBy(people, (person) => person.departmentName);
  return [...groups]
    .map(([name, members]) => ({
      name,
      people: members,
      free: members.length < smallest ? undefined : members.filter((person) => person.presence === 'free').length,
    }))
    .sort((left, right) => left.name.localeCompare(right.name, 'de'));
}
