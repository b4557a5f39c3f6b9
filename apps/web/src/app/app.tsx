import { i18n } from '@lingui/core';
import { I18nProvider, useLingui } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { I18nProvider as AriaI18nProvider } from 'react-aria-components';
import { createQueryClient } from '../shared/api/query-client.ts';
import { router } from './router.tsx';

const client = createQueryClient();

function InLanguage() {
  const { i18n: chosen } = useLingui();
  return (
    <AriaI18nProvider locale={chosen.locale === 'en' ? 'en-GB' : 'de-DE'}>
      <RouterProvider router={router} />
    </AriaI18nProvider>
  );
}

export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={client}>
        <InLanguage />
      </QueryClientProvider>
    </I18nProvider>
  );
}
