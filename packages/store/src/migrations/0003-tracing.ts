import { sql, type Migration } from 'kysely';

/** Masked signalling of calls, one row per leg. Traces are no facts: whoever removes them changes no figure. */
const traces = `
  create table sip_trace (
    tenant_id text not null references tenant,
    call_id text not null,
    leg text not null,
    began_at bigint not null,
    messages jsonb not null,
    primary key (tenant_id, call_id, leg)
  );
  create index sip_trace_recent on sip_trace (tenant_id, began_at desc);
  create index sip_trace_age on sip_trace (began_at);
  insert into data_class values
    ('sip-trace', 'Finding out why a call failed: its signalling, outside numbers and names masked', 7, '{sip_trace}');
`;

/** Looking at a trace, limits that were reached and PINs that were guessed belong to the audit trail as well. */
const audit = `
  create or replace view audit as
    select id, tenant_id, at, kind, facts ->> 'personId' as person_id, facts
    from event
    where kind in (
      'signed-in', 'signed-out', 'record-changed', 'party-erased', 'emergency-attempted',
      'trace-viewed', 'limit-reached', 'pin-locked'
    );
`;

export const tracing: Migration = {
  up: async (db) => {
    await sql.raw(traces).execute(db);
    await sql.raw(audit).execute(db);
  },
};
