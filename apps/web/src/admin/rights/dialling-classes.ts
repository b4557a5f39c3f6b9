import { diallingClass, type AdminOverview, type DiallingClassView } from '@amtsleitung/contract';

/** Every class, cheapest first. */
export const diallingClasses: readonly DiallingClassView[] = diallingClass.options;

/** What people of a department may dial when they have no rights of their own. */
export const classesOfDepartment = (overview: AdminOverview, departmentId: string): readonly DiallingClassView[] =>
  overview.departments.find(({ id }) => id === departmentId)?.diallingClasses ?? overview.settings.diallingClasses;
