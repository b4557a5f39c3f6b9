import login from './de/login.json';
import phone from './de/phone.json';
import shared from './de/shared.json';
import shell from './de/shell.json';

/** Every German sentence, by area. */
export default { ...login, ...phone, ...shared, ...shell };
