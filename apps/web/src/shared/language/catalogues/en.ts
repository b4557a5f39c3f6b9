import login from './en/login.json';
import phone from './en/phone.json';
import shared from './en/shared.json';
import shell from './en/shell.json';

/** Every English sentence, by area. */
export default { ...login, ...phone, ...shared, ...shell };
