import type { Role } from '@amtsleitung/domain';

/** The twelve people of the demo town who can sign in. */
export interface DemoPerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly department: DemoDepartment;
  readonly extension: string;
  readonly duties: string;
  readonly roles: readonly Role[];
  /** Names of the hotlines the person is a member of. */
  readonly hotlines: readonly string[];
}

export type DemoDepartment = (typeof demoDepartments)[number]['name'];

export const demoDepartments = [
  { name: 'Bürgerbüro', site: 'Rathaus' },
  { name: 'Ordnungsamt', site: 'Rathaus' },
  { name: 'Bauamt', site: 'Ottostraße 2' },
  { name: 'Kämmerei', site: 'Rathaus' },
  { name: 'Hauptamt', site: 'Rathaus' },
  { name: 'Stadtbücherei', site: 'Stadtbücherei' },
  { name: 'Bauhof', site: 'Bauhof' },
] as const;

export const demoSites = [
  { name: 'Rathaus', municipality: 'Musterstadt', address: 'Marktplatz 1, 00000 Musterstadt', extension: '0' },
  { name: 'Ottostraße 2', municipality: 'Musterstadt', address: 'Ottostraße 2, 00000 Musterstadt', extension: '0' },
  { name: 'Stadtbücherei', municipality: 'Musterstadt', address: 'Lesegang 5, 00000 Musterstadt', extension: '0' },
  { name: 'Bauhof', municipality: 'Klein Muster', address: 'Am Bauhof 9, 00000 Klein Muster', extension: '0' },
] as const;

export const demoMunicipalities = ['Musterstadt', 'Klein Muster', 'Alt Musterau'] as const;

export const buergerservice = 'Bürgerservice';
export const ausweise = 'Ausweise und Pässe';

const both = [buergerservice, ausweise];

export const demoPeople: readonly DemoPerson[] = [
  {
    firstName: 'Mira',
    lastName: 'Meldewesen',
    department: 'Bürgerbüro',
    extension: '120',
    duties: 'Meldewesen, Führungszeugnis',
    roles: ['person'],
    hotlines: both,
  },
  {
    firstName: 'Pia',
    lastName: 'Passstelle',
    department: 'Bürgerbüro',
    extension: '121',
    duties: 'Ausweise, Reisepässe',
    roles: ['person'],
    hotlines: both,
  },
  {
    firstName: 'Ute',
    lastName: 'Umzug',
    department: 'Bürgerbüro',
    extension: '122',
    duties: 'Wohnung ummelden',
    roles: ['person'],
    hotlines: [buergerservice],
  },
  {
    firstName: 'Fritz',
    lastName: 'Fischerei',
    department: 'Ordnungsamt',
    extension: '123',
    duties: 'Fischereischein, Hund anmelden',
    roles: ['person'],
    hotlines: [buergerservice],
  },
  {
    firstName: 'Lena',
    lastName: 'Leitung',
    department: 'Bürgerbüro',
    extension: '124',
    duties: 'Leitung Bürgerbüro',
    roles: ['person', 'lead'],
    hotlines: both,
  },
  {
    firstName: 'Tessa',
    lastName: 'Telefonie',
    department: 'Hauptamt',
    extension: '130',
    duties: 'IT und Telefonie',
    roles: ['person', 'admin'],
    hotlines: [],
  },
  {
    firstName: 'Ingo',
    lastName: 'Informatik',
    department: 'Hauptamt',
    extension: '131',
    duties: 'IT und Netze',
    roles: ['person', 'admin'],
    hotlines: [],
  },
  {
    firstName: 'Gerda',
    lastName: 'Gewerbe',
    department: 'Ordnungsamt',
    extension: '140',
    duties: 'Gewerbe anmelden',
    roles: ['person'],
    hotlines: [buergerservice],
  },
  {
    firstName: 'Bodo',
    lastName: 'Baurecht',
    department: 'Bauamt',
    extension: '150',
    duties: 'Bauantrag, Bebauungspläne',
    roles: ['person'],
    hotlines: [],
  },
  {
    firstName: 'Klara',
    lastName: 'Kasse',
    department: 'Kämmerei',
    extension: '160',
    duties: 'Steuern und Gebühren',
    roles: ['person'],
    hotlines: [],
  },
  {
    firstName: 'Henri',
    lastName: 'Heirat',
    department: 'Bürgerbüro',
    extension: '170',
    duties: 'Standesamt, Eheschließung',
    roles: ['person'],
    hotlines: [buergerservice],
  },
  {
    firstName: 'Rosa',
    lastName: 'Rathaus',
    department: 'Hauptamt',
    extension: '180',
    duties: 'Bürgermeisterbüro',
    roles: ['person', 'lead'],
    hotlines: [],
  },
];

const firstNames =
  'Anna Ben Carla David Ella Finn Greta Hanno Ida Jonas Kira Leo Mara Nils Olga Paul Rike Sven Tina Uwe Vera Willi Yara Zoe'.split(
    ' ',
  );
const lastNames =
  'Aktenzeichen Bescheid Chronik Dienstweg Eingang Formular Gutachten Haushalt Inventar Jahrbuch Kataster Leihfrist Melderegister Notiz Ortsteil Posteingang Quittung Register Satzung Termin Urkunde Vermerk Widerspruch Zuständig'.split(
    ' ',
  );
const duties = [
  'Sachbearbeitung',
  'Vorzimmer',
  'Außendienst',
  'Archiv',
  'Auszubildende',
  'Registratur',
  'Poststelle',
  'Haustechnik',
];

/** Extensions of people who are only listed: 200 … 499 without the blocks that are taken. */
export function listedPeople(count: number): readonly Omit<DemoPerson, 'roles' | 'hotlines'>[] {
  return Array.from({ length: count }, (_, index) => ({
    firstName: firstNames[(index * 7) % firstNames.length]!,
    lastName: lastNames[(index + Math.floor(index / lastNames.length) * 5) % lastNames.length]!,
    department: demoDepartments[index % demoDepartments.length]!.name,
    extension: String(200 + index),
    duties: duties[index % duties.length]!,
  }));
}
