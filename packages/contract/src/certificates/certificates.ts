import * as z from 'zod/mini';
import { instant } from '../primitives.ts';
import { route } from '../route.ts';

/** A certificate this house shows to others. */
export const certificate = z.object({
  use: z.enum(['https', 'sip']),
  names: z.array(z.string()),
  expiresAt: instant,
  /** Made by this house itself: phones and browsers have to be told to trust it. */
  selfSigned: z.boolean(),
});
export type CertificateView = z.infer<typeof certificate>;

export const certificateRoutes = {
  list: route({
    method: 'GET',
    path: '/api/admin/certificates',
    access: 'admin',
    reply: z.object({ certificates: z.array(certificate) }),
  }),
};
