/** What a person may see and do. Everybody with a login is a `person`; `lead` sees team figures; `admin` sets up. */
export type Role = 'person' | 'lead' | 'admin';
