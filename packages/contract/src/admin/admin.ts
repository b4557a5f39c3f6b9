import * as z from 'zod/mini';
import {
  byId,
  calendarDate,
  created,
  destination,
  id,
  language,
  name,
  openingInterval,
  role,
  text,
} from '../primitives.ts';
import { diallingClasses, townSettings } from '../rights/rights.ts';
import { route } from '../route.ts';
import { adminTrunk, trunkInput } from '../trunks/trunks.ts';

export const extension = z.string().check(z.regex(/^\d{1,6}$/));
/** Letters, digits, dot, dash; 2 to 64. */
export const login = z.string().check(z.regex(/^[\p{L}\p{N}._-]{2,64}$/u));

export const adminPerson = z.object({
  id,
  firstName: name,
  lastName: name,
  departmentId: id,
  siteId: id,
  duties: text,
  extension: z.optional(extension),
  login: z.optional(login),
  roles: z.array(role),
  language,
  /** Left out: the department's rights. */
  diallingClasses: z.optional(diallingClasses),
  /** Where their calls go instead; empty: nowhere. */
  forwarding: z.object({ always: z.string(), busy: z.string(), noAnswer: z.string() }),
});
export type AdminPerson = z.infer<typeof adminPerson>;
/** `password` sets a first password; without one an existing password stays. */
export const personInput = z.extend(z.omit(adminPerson, { id: true, forwarding: true }), {
  password: z.optional(z.string().check(z.minLength(10), z.maxLength(200))),
});
export type PersonInput = z.infer<typeof personInput>;

export const deviceSettings = z.object({
  kind: z.enum(['desk-phone', 'softphone', 'analogue-adapter', 'door-station', 'alarm-dialler']),
  /** Left out: the house's default. */
  digest: z.optional(z.enum(['md5', 'sha-256'])),
  largeOverTcp: z.boolean(),
  /** Over TLS, calls to it are encrypted and nothing else. Left out: not. */
  srtp: z.optional(z.boolean()),
  hotDesk: z.boolean(),
  /** Door station: what opens the door. */
  doorDigits: z.optional(z.string().check(z.regex(/^[\d*#A-D]{1,8}$/))),
  /** Alarm or lift dialler: outside numbers it may call. Left out or empty: inside and help only. */
  allowedNumbers: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(40))).check(z.maxLength(50))),
});
export type DeviceSettingsView = z.infer<typeof deviceSettings>;
export const deviceInput = z.object({
  personId: id,
  siteId: id,
  label: name,
  /** Left out: unchanged; for a new one a plain desk phone. */
  settings: z.optional(deviceSettings),
});
export type DeviceInput = z.infer<typeof deviceInput>;
export const adminDevice = z.extend(z.omit(deviceInput, { settings: true }), {
  id,
  personName: z.string(),
  label: z.string(),
  sipUser: z.string(),
  registered: z.boolean(),
  settings: deviceSettings,
  /** Who is logged in on it besides its owner (hot desking). */
  guestName: z.optional(z.string()),
});
export type AdminDevice = z.infer<typeof adminDevice>;
/** Shown once; only the hash is kept. */
export const deviceSecret = z.object({
  id,
  sipUser: z.string(),
  password: z.string(),
  sipDomain: z.string(),
  server: z.string(),
  port: z.number(),
});
export type DeviceSecret = z.infer<typeof deviceSecret>;

/** German E.164 without extension; `areaCodeLength` counts the digits after `+49`. */
export const headNumberInput = z.object({
  e164: z.string().check(z.regex(/^\+49[1-9]\d{2,11}$/)),
  areaCodeLength: z.number().check(z.int(), z.minimum(2), z.maximum(5)),
  trunkId: id,
});
export const adminHeadNumber = z.extend(headNumberInput, { id, text: z.string() });
export type HeadNumberInput = z.infer<typeof headNumberInput>;

/** What the control centre of 110 and 112 is shown for calls from this site; both empty until a trunk exists. */
export const siteInput = z.object({
  name,
  address: text,
  emergencyNumber: z.string().check(z.regex(/^(?:\+49[1-9]\d{3,12})?$/)),
  emergencyTrunkId: z.string().check(z.maxLength(64)),
});
export const adminSite = z.extend(siteInput, { id });
export type SiteInput = z.infer<typeof siteInput>;
/** Without `diallingClasses` the organisation's rights hold. */
export const departmentInput = z.object({ name, siteId: id, diallingClasses: z.optional(diallingClasses) });
export type DepartmentInput = z.infer<typeof departmentInput>;

export const adminNumber = z.object({
  id,
  headNumberId: id,
  extension,
  destination,
  text: z.string(),
  targetName: z.string(),
});
export type AdminNumber = z.infer<typeof adminNumber>;
export const numberInput = z.object({ headNumberId: id, extension, destination });

export const hotlineInput = z.object({
  name,
  language,
  memberIds: z.array(id),
  openingHours: z.object({
    intervals: z.array(openingInterval),
    closures: z.array(z.object({ date: calendarDate, reason: text })),
  }),
  ringSeconds: z.number().check(z.int(), z.minimum(5), z.maximum(120)),
  retryPauseSeconds: z.number().check(z.int(), z.minimum(0), z.maximum(600)),
  wrapUpSeconds: z.number().check(z.int(), z.minimum(0), z.maximum(1800)),
  maxWaitSeconds: z.number().check(z.int(), z.minimum(10), z.maximum(7200)),
  serviceLevel: z.object({
    percent: z.number().check(z.int(), z.minimum(1), z.maximum(100)),
    seconds: z.number().check(z.int(), z.minimum(1), z.maximum(3600)),
  }),
});
export const adminHotline = z.extend(hotlineInput, { id });
export type AdminHotline = z.infer<typeof adminHotline>;
export type HotlineInput = z.infer<typeof hotlineInput>;

/** Everything the forms offer for choosing. */
export const adminOverview = z.object({
  /** What the organisation decides about its telephony. */
  settings: townSettings,
  departments: z.array(z.extend(departmentInput, { id })),
  sites: z.array(adminSite),
  headNumbers: z.array(adminHeadNumber),
  people: z.array(adminPerson),
  devices: z.array(adminDevice),
  numbers: z.array(adminNumber),
  trunks: z.array(adminTrunk),
  hotlines: z.array(adminHotline),
});
export type AdminOverview = z.infer<typeof adminOverview>;

export const adminRoutes = {
  overview: route({ method: 'GET', path: '/api/admin', access: 'admin', reply: adminOverview }),
  createPerson: route({
    method: 'POST',
    path: '/api/admin/people',
    access: 'admin',
    body: personInput,
    reply: created,
  }),
  updatePerson: route({
    method: 'PUT',
    path: '/api/admin/people/:id',
    access: 'admin',
    params: byId,
    body: personInput,
  }),
  deletePerson: route({ method: 'DELETE', path: '/api/admin/people/:id', access: 'admin', params: byId }),
  /** TDDDG §16: whoever somebody's calls are forwarded to can demand that it stops. */
  clearForwarding: route({
    method: 'DELETE',
    path: '/api/admin/people/:id/forwarding',
    access: 'admin',
    params: byId,
  }),
  createDevice: route({
    method: 'POST',
    path: '/api/admin/devices',
    access: 'admin',
    body: deviceInput,
    reply: deviceSecret,
  }),
  /** A new password; the old one stops working at once. */
  renewDevice: route({
    method: 'POST',
    path: '/api/admin/devices/:id/secret',
    access: 'admin',
    params: byId,
    reply: deviceSecret,
  }),
  updateDevice: route({
    method: 'PUT',
    path: '/api/admin/devices/:id',
    access: 'admin',
    params: byId,
    body: deviceInput,
  }),
  /** The phone is its owner's again. */
  logOutGuest: route({ method: 'DELETE', path: '/api/admin/devices/:id/guest', access: 'admin', params: byId }),
  deleteDevice: route({ method: 'DELETE', path: '/api/admin/devices/:id', access: 'admin', params: byId }),
  createNumber: route({
    method: 'POST',
    path: '/api/admin/numbers',
    access: 'admin',
    body: numberInput,
    reply: created,
  }),
  updateNumber: route({
    method: 'PUT',
    path: '/api/admin/numbers/:id',
    access: 'admin',
    params: byId,
    body: numberInput,
  }),
  deleteNumber: route({ method: 'DELETE', path: '/api/admin/numbers/:id', access: 'admin', params: byId }),
  createHeadNumber: route({
    method: 'POST',
    path: '/api/admin/head-numbers',
    access: 'admin',
    body: headNumberInput,
    reply: created,
  }),
  updateHeadNumber: route({
    method: 'PUT',
    path: '/api/admin/head-numbers/:id',
    access: 'admin',
    params: byId,
    body: headNumberInput,
  }),
  createSite: route({ method: 'POST', path: '/api/admin/sites', access: 'admin', body: siteInput, reply: created }),
  updateSite: route({ method: 'PUT', path: '/api/admin/sites/:id', access: 'admin', params: byId, body: siteInput }),
  createDepartment: route({
    method: 'POST',
    path: '/api/admin/departments',
    access: 'admin',
    body: departmentInput,
    reply: created,
  }),
  updateDepartment: route({
    method: 'PUT',
    path: '/api/admin/departments/:id',
    access: 'admin',
    params: byId,
    body: departmentInput,
  }),
  createTrunk: route({ method: 'POST', path: '/api/admin/trunks', access: 'admin', body: trunkInput, reply: created }),
  updateTrunk: route({ method: 'PUT', path: '/api/admin/trunks/:id', access: 'admin', params: byId, body: trunkInput }),
  deleteTrunk: route({ method: 'DELETE', path: '/api/admin/trunks/:id', access: 'admin', params: byId }),
  createHotline: route({
    method: 'POST',
    path: '/api/admin/hotlines',
    access: 'admin',
    body: hotlineInput,
    reply: created,
  }),
  updateHotline: route({
    method: 'PUT',
    path: '/api/admin/hotlines/:id',
    access: 'admin',
    params: byId,
    body: hotlineInput,
  }),
  deleteHotline: route({ method: 'DELETE', path: '/api/admin/hotlines/:id', access: 'admin', params: byId }),
};
