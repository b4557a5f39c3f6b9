// Sets language and theme before the first paint; the app takes over from here.
(function () {
  var root = document.documentElement;
  var theme = null;
  try {
    theme = localStorage.getItem('amtsleitung.theme');
    if (localStorage.getItem('amtsleitung.language') === 'en') root.lang = 'en';
  } catch {
    // Storage may be forbidden: the system's theme and German are used.
  }
  if (theme !== 'light' && theme !== 'dark')
    theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  root.dataset.kernTheme = theme;
})();
