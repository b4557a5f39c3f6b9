import admin from './de/admin.json';
import board from './de/board.json';
import calls from './de/calls.json';
import login from './de/login.json';
import messages from './de/messages.json';
import ownPhone from './de/own-phone.json';
import phone from './de/phone.json';
import rights from './de/rights.json';
import shared from './de/shared.json';
import shell from './de/shell.json';
import team from './de/team.json';
import tracing from './de/tracing.json';
import trunks from './de/trunks.json';

/** Every German sentence, by area. */
export default {
  ...admin,
  ...board,
  ...calls,
  ...login,
  ...messages,
  ...ownPhone,
  ...phone,
  ...rights,
  ...shared,
  ...shell,
  ...team,
  ...tracing,
  ...trunks,
};
