import { sql, type Kysely, type Migration } from 'kysely';

/** Organisation, people and the numbers that lead to them. */
const directoryTables = `
  create table tenant (
    id text primary key,
    name text not null,
    sip_domain text not null unique,
    language text not null,
    time_zone text not null
  );

  create table municipality (
    id text primary key,
    tenant_id text not null references tenant,
    name text not null,
    unique (tenant_id, id)
  );

  create table trunk (
    id text primary key,
    tenant_id text not null references tenant,
    name text not null,
    host text not null,
    port integer not null,
    transport text not null,
    source_addresses text[] not null,
    username text not null,
    ha1_md5 text,
    ha1_sha256 text,
    password text,
    outgoing_capacity integer not null,
    unique (tenant_id, id)
  );

  create table site (
    id text primary key,
    tenant_id text not null references tenant,
    municipality_id text not null,
    name text not null,
    address text not null,
    emergency_number text not null,
    emergency_trunk_id text,
    unique (tenant_id, id),
    foreign key (tenant_id, emergency_trunk_id) references trunk (tenant_id, id),
    foreign key (tenant_id, municipality_id) references municipality (tenant_id, id)
  );

  create table department (
    id text primary key,
    tenant_id text not null references tenant,
    site_id text not null,
    name text not null,
    unique (tenant_id, id),
    foreign key (tenant_id, site_id) references site (tenant_id, id)
  );

  create table person (
    id text primary key,
    tenant_id text not null references tenant,
    department_id text not null,
    site_id text not null,
    first_name text not null,
    last_name text not null,
    duties text not null,
    extension text,
    login text,
    roles text[] not null,
    language text not null,
    away boolean not null,
    unique (tenant_id, id),
    foreign key (tenant_id, department_id) references department (tenant_id, id),
    foreign key (tenant_id, site_id) references site (tenant_id, id)
  );
  create unique index person_login on person (tenant_id, lower(login));

  create table credential (
    person_id text primary key,
    tenant_id text not null,
    password_hash text not null,
    foreign key (tenant_id, person_id) references person (tenant_id, id) on delete cascade
  );

  create table device (
    id text primary key,
    tenant_id text not null references tenant,
    person_id text not null,
    site_id text not null,
    label text not null,
    sip_user text not null unique,
    ha1_md5 text not null,
    ha1_sha256 text not null,
    unique (tenant_id, id),
    foreign key (tenant_id, person_id) references person (tenant_id, id) on delete cascade,
    foreign key (tenant_id, site_id) references site (tenant_id, id)
  );

  create table hotline (
    id text primary key,
    tenant_id text not null references tenant,
    name text not null,
    language text not null,
    ring_seconds integer not null,
    retry_pause_seconds integer not null,
    wrap_up_seconds integer not null,
    max_wait_seconds integer not null,
    service_level_percent integer not null,
    service_level_seconds integer not null,
    unique (tenant_id, id)
  );

  create table hotline_member (
    tenant_id text not null,
    hotline_id text not null,
    person_id text not null,
    position integer not null,
    primary key (hotline_id, person_id),
    foreign key (tenant_id, hotline_id) references hotline (tenant_id, id) on delete cascade,
    foreign key (tenant_id, person_id) references person (tenant_id, id) on delete cascade
  );

  create table hotline_interval (
    tenant_id text not null,
    hotline_id text not null,
    position integer not null,
    weekday integer not null check (weekday between 1 and 7),
    opens text not null,
    closes text not null,
    primary key (hotline_id, position),
    foreign key (tenant_id, hotline_id) references hotline (tenant_id, id) on delete cascade
  );

  create table hotline_closure (
    tenant_id text not null,
    hotline_id text not null,
    position integer not null,
    date text not null,
    reason text not null,
    primary key (hotline_id, position),
    foreign key (tenant_id, hotline_id) references hotline (tenant_id, id) on delete cascade
  );

  create table head_number (
    id text primary key,
    tenant_id text not null references tenant,
    e164 text not null,
    area_code_length integer not null,
    trunk_id text not null,
    unique (tenant_id, id),
    unique (tenant_id, e164),
    foreign key (tenant_id, trunk_id) references trunk (tenant_id, id)
  );

  create table number_assignment (
    id text primary key,
    tenant_id text not null references tenant,
    head_number_id text not null,
    extension text not null,
    person_id text,
    hotline_id text,
    unique (head_number_id, extension),
    check (num_nonnulls(person_id, hotline_id) = 1),
    foreign key (tenant_id, head_number_id) references head_number (tenant_id, id) on delete cascade,
    foreign key (tenant_id, person_id) references person (tenant_id, id) on delete cascade,
    foreign key (tenant_id, hotline_id) references hotline (tenant_id, id) on delete cascade
  );
`;

/** Sign-in, readiness and reachability: short-lived state that survives a restart. */
const stateTables = `
  create table agent_login (
    tenant_id text not null,
    person_id text not null,
    hotline_id text not null,
    logged_in boolean not null,
    primary key (person_id, hotline_id),
    foreign key (tenant_id, person_id) references person (tenant_id, id) on delete cascade,
    foreign key (tenant_id, hotline_id) references hotline (tenant_id, id) on delete cascade
  );

  create table agent_pause (
    tenant_id text not null,
    person_id text primary key,
    foreign key (tenant_id, person_id) references person (tenant_id, id) on delete cascade
  );

  create table session (
    id text primary key,
    token_hash text not null unique,
    tenant_id text not null,
    person_id text not null,
    created_at bigint not null,
    expires_at bigint not null,
    foreign key (tenant_id, person_id) references person (tenant_id, id) on delete cascade
  );
  create index session_person on session (person_id);
  create index session_expiry on session (expires_at);

  create table setup_token (
    token_hash text primary key,
    expires_at bigint not null
  );

  create table registration (
    device_id text not null,
    contact text not null,
    tenant_id text not null,
    person_id text not null,
    transport text not null,
    source_address text not null,
    source_port integer not null,
    call_id text not null,
    cseq bigint not null,
    user_agent text not null,
    expires_at bigint not null,
    primary key (device_id, contact),
    foreign key (tenant_id, person_id) references person (tenant_id, id) on delete cascade
  );
  create index registration_expiry on registration (expires_at);
`;

/** The facts, and what is built from them. */
const factTables = `
  create table party (
    id text primary key,
    tenant_id text not null references tenant,
    number text,
    name text,
    outbound boolean not null,
    seen_at bigint not null,
    erased_at bigint
  );
  create index party_seen on party (seen_at) where erased_at is null;

  create table event (
    sequence bigint generated always as identity unique,
    id uuid primary key,
    tenant_id text not null references tenant,
    at bigint not null,
    kind text not null,
    version integer not null,
    facts jsonb not null,
    call_id text generated always as (facts ->> 'callId') stored,
    hotline_id text generated always as (facts ->> 'hotlineId') stored
  );
  create index event_call on event (tenant_id, call_id, sequence) where call_id is not null;
  create index event_hotline on event (tenant_id, at, kind, hotline_id, call_id) where hotline_id is not null;
  create index event_time on event (at);

  create function event_is_append_only() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' and current_setting('amtsleitung.retention', true) = 'on' then
      return old;
    end if;
    raise exception 'events are append-only' using errcode = 'insufficient_privilege';
  end
  $$;
  create trigger event_rows before update or delete on event
    for each row execute function event_is_append_only();
  create trigger event_table before truncate on event
    for each statement execute function event_is_append_only();

  create table call_record (
    tenant_id text not null references tenant,
    call_id text not null,
    direction text not null,
    arrived_at bigint not null,
    last_at bigint not null,
    ended_at bigint,
    outcome text,
    talk_milliseconds bigint not null,
    wait_milliseconds bigint not null,
    hotline_id text,
    party_id text,
    caller_person_id text,
    callee_person_id text,
    primary key (tenant_id, call_id)
  );
  create index call_record_open on call_record (arrived_at) where ended_at is null;
  create index call_record_time on call_record (arrived_at);

  create table call_step (
    tenant_id text not null,
    call_id text not null,
    position integer not null,
    at bigint not null,
    kind text not null,
    person_id text,
    hotline_id text,
    detail text,
    primary key (tenant_id, call_id, position),
    foreign key (tenant_id, call_id) references call_record (tenant_id, call_id) on delete cascade
  );

  create table call_participant (
    tenant_id text not null,
    call_id text not null,
    person_id text not null,
    arrived_at bigint not null,
    primary key (tenant_id, call_id, person_id),
    foreign key (tenant_id, call_id) references call_record (tenant_id, call_id) on delete cascade
  );
  create index call_participant_person on call_participant (tenant_id, person_id, arrived_at desc);

  create table voice_message (
    id text primary key,
    tenant_id text not null references tenant,
    call_id text not null,
    box_person_id text,
    box_hotline_id text,
    party_id text,
    recorded_at bigint not null,
    milliseconds bigint not null,
    file text not null,
    done_by_person_id text,
    done_at bigint,
    check (num_nonnulls(box_person_id, box_hotline_id) = 1)
  );
  create index voice_message_person on voice_message (tenant_id, box_person_id, recorded_at desc)
    where box_person_id is not null;
  create index voice_message_hotline on voice_message (tenant_id, box_hotline_id, recorded_at desc)
    where box_hotline_id is not null;
  create index voice_message_party on voice_message (party_id);

  create view audit as
    select id, tenant_id, at, kind, facts ->> 'personId' as person_id, facts
    from event
    where kind in ('signed-in', 'signed-out', 'record-changed', 'party-erased', 'emergency-attempted');
`;

/** Why each class of data is kept and for how long (GDPR Art. 5(1)(b), (e)). Null days: until somebody deletes it. */
const dataClasses = `
  create table data_class (
    name text primary key,
    purpose text not null,
    retention_days integer,
    tables text[] not null
  );
  insert into data_class values
    ('directory', 'Reaching the people and offices of the house by telephone', null,
      '{tenant,municipality,site,department,person,device,trunk,hotline,hotline_member,hotline_interval,hotline_closure,head_number,number_assignment,data_class}'),
    ('credential', 'Signing in to the screens', null, '{credential}'),
    ('readiness', 'Being logged in to hotlines over a restart', null, '{agent_login,agent_pause}'),
    ('session', 'Staying signed in; days after its end', 0, '{session,setup_token}'),
    ('registration', 'Reaching a phone after a restart; days after its end', 0, '{registration}'),
    ('inbound-party', 'Calling back: number and name of somebody who called', 30, '{party}'),
    ('outbound-party', 'Checking the telephone bill: number of somebody who was called', 90, '{party}'),
    ('done-message', 'Recorded message, days after somebody dealt with it', 30, '{voice_message}'),
    ('message', 'Recorded message nobody marked as done', 90, '{voice_message}'),
    ('call-record', 'Own list of calls', 365, '{call_record,call_step,call_participant}'),
    ('agent-event', 'Planning how many people a hotline needs at which hour', 90, '{event}'),
    ('sign-in-event', 'Finding out after an incident who was signed in', 180, '{event}'),
    ('event', 'Statistics, billing and audit, without any outside number or name', 1095, '{event}'),
    ('refused-event', 'Finding the fault that kept an event from being stored', 30, '{}'),
    ('backup', 'Going back to the state before a migration', 30, '{}');
`;

/** The first schema of the house. */
export const house: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statements of [directoryTables, stateTables, factTables, dataClasses]) {
      await sql.raw(statements).execute(db);
    }
  },
};
