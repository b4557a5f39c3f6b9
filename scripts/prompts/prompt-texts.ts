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
  },
};

/** Spoken from `number-0.wav` to this one. */
export const highestNumber = 100;
