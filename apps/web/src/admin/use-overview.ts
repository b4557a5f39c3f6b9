import { adminRoutes, type AdminOverview } from '@amtsleitung/contract';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { callRoute } from '../shared/api/api-client.ts';

/** The whole directory as an administrator sees it; every change asks for it again. */
export const useOverview = (): UseQueryResult<AdminOverview> =>
  useQuery({ queryKey: ['admin'], queryFn: () => callRoute(adminRoutes.overview, {}) });
