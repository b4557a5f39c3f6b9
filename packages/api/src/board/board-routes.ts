import { boardRoutes } from '@amtsleitung/contract';
import type { ApiContext } from '../api-context.ts';
import { presentBoard } from './present-board.ts';

export function registerBoardRoutes({ routes, ports, figures }: ApiContext): void {
  routes.answer(
    boardRoutes.board,
    ({ actor }) => figures.of(actor.directory),
    (today, { actor }) => presentBoard(actor, ports.agentDesk.boardOf(actor.tenant.id), today),
  );
}
