import type { AdminOverview, AdminPerson } from '@amtsleitung/contract';
import { CheckboxGroup } from 'react-aria-components';
import { useWords } from '../../shared/language/words.ts';
import { Checkbox } from '../../shared/parts/checkbox.tsx';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { Note, StateWord } from '../../shared/parts/message.tsx';
import type { FieldProblems } from '../../shared/forms/check-input.ts';
import { InheritedClasses } from '../rights/class-choices.tsx';
import { classesOfDepartment } from '../rights/dialling-classes.ts';
import { useFieldSentences, type Draft } from '../../shared/forms/use-draft.ts';
import { PersonForwarding } from './person-forwarding.tsx';

export interface PersonDraft {
  readonly firstName: string;
  readonly lastName: string;
  readonly departmentId: string;
  readonly siteId: string;
  readonly duties: string;
  readonly extension: string;
  readonly login: string;
  readonly password: string;
  readonly roles: AdminPerson['roles'];
  readonly language: AdminPerson['language'];
  readonly diallingClasses: AdminPerson['diallingClasses'];
}

interface PersonFieldsProps {
  readonly overview: AdminOverview;
  readonly person: AdminPerson | undefined;
  readonly draft: Draft<PersonDraft>;
  readonly problems: FieldProblems;
}

const named = (list: readonly { readonly id: string; readonly name: string }[]) =>
  list.map(({ id, name }) => ({ id, label: name }));

export function PersonFields({ overview, person, draft, problems }: PersonFieldsProps) {
  const w = useWords();
  const sentence = useFieldSentences(problems);
  const { value, set } = draft;
  const head = overview.headNumbers.at(0)?.text;
  return (
    <div className="ad-form">
      <div className="ad-pair">
        <TextField
          label={w('people.firstName')}
          value={value.firstName}
          onChange={(text) => set('firstName', text)}
          problem={sentence('firstName')}
        />
        <TextField
          label={w('people.lastName')}
          value={value.lastName}
          onChange={(text) => set('lastName', text)}
          problem={sentence('lastName')}
        />
        <TextField
          label={w('people.extension')}
          {...(head === undefined ? {} : { before: `${head}-` })}
          inputMode="numeric"
          value={value.extension}
          onChange={(text) => set('extension', text)}
          problem={sentence('extension')}
        />
        <Select
          label={w('people.department')}
          choices={named(overview.departments)}
          value={value.departmentId}
          onChange={(id) => set('departmentId', id)}
          placeholder={w('admin.choose')}
          problem={sentence('departmentId')}
        />
      </div>
      <p className="al-hint">{w('people.extensionHint')}</p>
      <Select
        label={w('people.site')}
        choices={named(overview.sites)}
        value={value.siteId}
        onChange={(id) => set('siteId', id)}
        placeholder={w('admin.choose')}
        problem={sentence('siteId')}
      />
      <TextField
        label={w('people.duties')}
        hint={w('people.dutiesHint')}
        value={value.duties}
        onChange={(text) => set('duties', text)}
        problem={sentence('duties')}
      />
      <AccountFields person={person} draft={draft} sentence={sentence} />
      <InheritedClasses
        label={w('rights.may')}
        inherited={w('rights.inheritDepartment')}
        inheritedClasses={classesOfDepartment(overview, value.departmentId)}
        value={value.diallingClasses}
        onChange={(classes) => set('diallingClasses', classes)}
      />
      {person !== undefined && <PersonForwarding person={person} />}
      {person !== undefined && <PersonDevices overview={overview} personId={person.id} />}
    </div>
  );
}

interface AccountFieldsProps {
  readonly person: AdminPerson | undefined;
  readonly draft: Draft<PersonDraft>;
  readonly sentence: (path: string) => string | undefined;
}

function AccountFields({ person, draft: { value, set }, sentence }: AccountFieldsProps) {
  const w = useWords();
  const rolesProblem = sentence('roles');
  return (
    <section className="ad-form" aria-labelledby="account">
      <h3 id="account">{w('people.account')}</h3>
      <TextField
        label={w('login.name')}
        hint={w('people.loginHint')}
        autoComplete="off"
        value={value.login}
        onChange={(text) => set('login', text)}
        problem={sentence('login')}
      />
      <TextField
        label={w(person?.login === undefined ? 'people.firstPassword' : 'people.newPassword')}
        hint={w(person?.login === undefined ? 'password.hint' : 'people.passwordStays')}
        type="password"
        autoComplete="new-password"
        value={value.password}
        onChange={(text) => set('password', text)}
        problem={sentence('password')}
      />
      <CheckboxGroup
        aria-label={w('people.roles')}
        value={value.roles}
        onChange={(roles) => set('roles', roles as AdminPerson['roles'])}
      >
        <p className="al-label">{w('people.roles')}</p>
        {(['lead', 'admin'] as const).map((role) => (
          <Checkbox key={role} value={role}>
            {w(`people.role.${role}`)}
          </Checkbox>
        ))}
      </CheckboxGroup>
      {rolesProblem !== undefined && <p className="al-problem">{rolesProblem}</p>}
      <Select
        label={w('people.language')}
        choices={[
          { id: 'de', label: w('look.de') },
          { id: 'en', label: w('look.en') },
        ]}
        value={value.language}
        onChange={(id) => set('language', id === 'en' ? 'en' : 'de')}
      />
    </section>
  );
}

function PersonDevices({ overview, personId }: { readonly overview: AdminOverview; readonly personId: string }) {
  const w = useWords();
  const devices = overview.devices.filter((device) => device.personId === personId);
  return (
    <section aria-labelledby="devices">
      <h3 id="devices">{w('admin.devices')}</h3>
      {devices.length === 0 ? (
        <Note icon="headset_mic">{w('people.noDevices')}</Note>
      ) : (
        <ul className="ad-list">
          {devices.map((device) => (
            <li key={device.id}>
              <span className="al-grow">{device.label}</span>
              <StateWord
                look={device.registered ? 'live' : 'ink'}
                icon={device.registered ? 'check_circle-fill' : 'radio_button_unchecked'}
              >
                {w(device.registered ? 'devices.ready' : 'devices.offline')}
              </StateWord>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
