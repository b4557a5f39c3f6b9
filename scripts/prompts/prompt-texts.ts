/** What the house says, by file name. One entry per `PromptName`, in both languages. */
export const promptTexts: Readonly<Record<'de' | 'en', Readonly<Record<string, string>>>> = {
  de: {
    greeting: 'Guten Tag und herzlich willkommen. Sie sind mit Ihrem Rathaus verbunden.',
    'please-wait': 'Bitte haben Sie einen Moment Geduld. Wir sind gleich für Sie da.',
    'your-position-is': 'Ihr Platz in der Warteschlange ist:',
    'you-are-next': 'Sie sind als Nächstes an der Reihe.',
    'nobody-available': 'Leider können wir Ihren Anruf im Augenblick nicht annehmen.',
    'outside-opening-hours': 'Sie rufen außerhalb unserer Sprechzeiten an.',
    'leave-message-after-tone':
      'Bitte hinterlassen Sie uns nach dem Signalton Ihren Namen, Ihre Rufnummer und Ihr Anliegen. Wir rufen Sie gern zurück.',
    'message-saved': 'Vielen Dank. Ihre Nachricht wurde gespeichert.',
    'number-not-in-service': 'Diese Rufnummer ist bei uns nicht vergeben. Bitte prüfen Sie die Nummer.',
    'not-permitted': 'Dieses Ziel ist für Ihren Anschluss nicht freigegeben.',
    'call-failed': 'Die Verbindung konnte leider nicht hergestellt werden. Bitte versuchen Sie es später noch einmal.',
    goodbye: 'Vielen Dank für Ihren Anruf. Auf Wiederhören.',
    'interrupted-apology':
      'Wir bitten um Entschuldigung. Ihr Gespräch wurde durch eine technische Störung unterbrochen. Bitte rufen Sie noch einmal an.',
    'feature-on': 'Eingeschaltet.',
    'feature-off': 'Ausgeschaltet.',
    'feature-refused': 'Das ist so nicht möglich. Es wurde nichts geändert.',
    'nothing-to-fetch': 'Hier ist gerade kein Anruf, den Sie holen können.',
    'parked-at': 'Das Gespräch ist geparkt. Der Platz ist:',
    'enter-extension': 'Bitte geben Sie Ihre Durchwahl ein und drücken Sie dann die Rautetaste.',
    'enter-pin': 'Bitte geben Sie Ihre P I N ein und drücken Sie dann die Rautetaste.',
    'logged-in': 'Sie sind an diesem Telefon angemeldet.',
    'logged-out': 'Sie sind von diesem Telefon abgemeldet.',
    'log-in-refused': 'Die Anmeldung war nicht möglich. Bitte prüfen Sie Ihre Eingabe.',
  },
  en: {
    greeting: 'Hello, and welcome. You are connected to your town hall.',
    'please-wait': 'Please hold the line. We will be with you shortly.',
    'your-position-is': 'Your place in the queue is:',
    'you-are-next': 'You are next in line.',
    'nobody-available': 'We are sorry. Nobody can take your call at the moment.',
    'outside-opening-hours': 'You are calling outside our office hours.',
    'leave-message-after-tone':
      'After the tone, please leave your name, your telephone number and your request. We will be glad to call you back.',
    'message-saved': 'Thank you. Your message has been saved.',
    'number-not-in-service': 'This number is not in use here. Please check the number.',
    'not-permitted': 'Your line is not allowed to call this destination.',
    'call-failed': 'We are sorry. Your call could not be connected. Please try again later.',
    goodbye: 'Thank you for calling. Goodbye.',
    'interrupted-apology': 'We apologise. Your call was interrupted by a technical fault. Please call us once more.',
    'feature-on': 'Switched on.',
    'feature-off': 'Switched off.',
    'feature-refused': 'This is not possible. Nothing has been changed.',
    'nothing-to-fetch': 'There is no call here for you to take.',
    'parked-at': 'The call is parked. Its place is:',
    'enter-extension': 'Please enter your extension, then press the hash key.',
    'enter-pin': 'Please enter your pin, then press the hash key.',
    'logged-in': 'You are logged in on this telephone.',
    'logged-out': 'You are logged out from this telephone.',
    'log-in-refused': 'You could not be logged in. Please check what you entered.',
  },
};

/** Spoken from `number-0.wav` to this one. */
export const highestNumber = 100;
