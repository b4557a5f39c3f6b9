import { certificateRoutes } from '@amtsleitung/contract';
import type { ApiContext } from '../api-context.ts';

export function registerCertificateRoutes({ routes, ports }: ApiContext): void {
  routes.answer(
    certificateRoutes.list,
    () => ports.certificates(),
    (certificates) => ({ certificates: certificates.map((one) => ({ ...one, names: [...one.names] })) }),
  );
}
