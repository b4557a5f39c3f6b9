import admin from './en/admin.json';
import board from './en/board.json';
import calls from './en/calls.json';
import login from './en/login.json';
import messages from './en/messages.json';
import ownPhone from './en/own-phone.json';
import phone from './en/phone.json';
import rights from './en/rights.json';
import shared from './en/shared.json';
import shell from './en/shell.json';
import team from './en/team.json';
import tracing from './en/tracing.json';
import trunks from './en/trunks.json';

/** Every English sentence, by area. */
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
