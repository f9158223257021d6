import type { SampleTexts } from './texts.ts';

export const textsPl: SampleTexts = {
  project: 'Rowery nad Wisłą',
  flow: 'Menu główne',
  description: 'Co słyszą dzwoniący do sklepu: sprzedaż, serwis z własnym menu, godziny otwarcia, recepcja.',
  numberName: 'Sklep i serwis',
  people: {
    reception: 'Ewa Nowak',
    sales: 'Piotr Zieliński',
    sales2: 'Katarzyna Wójcik',
    technician: 'Tomasz Lis',
    technician2: 'Anna Mazur',
    billing: 'Grażyna Król',
  },
  queues: { sales: 'Sprzedaż', support: 'Serwis', billing: 'Rozliczenia' },
  nodes: {
    start: 'Początek połączenia',
    main: 'Menu główne',
    sales: 'Dział sprzedaży',
    support: 'Menu serwisu',
    operator: 'Recepcja',
    technician: 'Dyżurny technik',
    supportQueue: 'Cały serwis',
    billing: 'Dział rozliczeń',
    hours: 'Godziny otwarcia',
    busy: 'Wszyscy zajęci',
    goodbye: 'Koniec połączenia',
  },
  said: {
    main: 'Dzień dobry, tu Rowery nad Wisłą. Aby połączyć się ze sprzedażą, naciśnij 1. Aby połączyć się z serwisem, naciśnij 2. Aby usłyszeć to menu jeszcze raz, naciśnij 9. Aby porozmawiać z recepcją, naciśnij 0.',
    support:
      'Serwis. Jeśli potrzebujesz pomocy technicznej, naciśnij 1. W sprawie rozliczeń naciśnij 2. Aby poznać godziny otwarcia, naciśnij 3. Aby usłyszeć to menu jeszcze raz, naciśnij 9. Aby wrócić do menu głównego, naciśnij gwiazdkę.',
    hours:
      'Jesteśmy czynni od poniedziałku do piątku od dziewiątej do osiemnastej, a w sobotę od dziesiątej do czternastej. W niedzielę jest nieczynne.',
    busy: 'Przepraszamy, wszyscy nasi pracownicy są teraz zajęci. Prosimy zadzwonić trochę później. Do widzenia.',
    noInput: 'Nie otrzymaliśmy wyboru.',
    invalid: 'Nie ma takiej opcji.',
    lastChance: 'Prosimy wybrać teraz, w przeciwnym razie połączymy z recepcją.',
  },
};
