/** Who speaks with which tone (Hz): between the notes of any music, far from each other. */
export const tones = { citizen: 641, secondCitizen: 747, desk: 905, browser: 1280, colleague: 1520 } as const;
