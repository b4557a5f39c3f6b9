import './shared/styles/index.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { chosenLanguage, showLanguage } from './shared/language/choose-language.ts';
import { startTheme } from './shared/look/theme.ts';

startTheme();
await showLanguage(chosenLanguage() ?? 'de');
const place = document.getElementById('root');
if (place !== null) createRoot(place).render(<App />);
