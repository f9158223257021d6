import type { SampleFlowId, SampleFlowTexts } from './texts.ts';

/** Nazwy tego, co mają wszystkie przykłady. */
export const namesPl = { hours: 'Godziny otwarcia', closed: 'Zamknięte', message: 'Zostaw wiadomość' };

export const samplesPl: Readonly<Record<SampleFlowId, SampleFlowTexts>> = {
  shop: {
    name: 'Sklep internetowy',
    about: 'Zamówienia, zwroty i porady, z osobnym menu dla zwrotów.',
    closed:
      'Dziękujemy za telefon do sklepu Klon i Mech. Pracujemy od poniedziałku do piątku, od dziewiątej do siedemnastej. Prosimy o wiadomość po sygnale.',
    outline: `Dziękujemy za telefon do sklepu Klon i Mech. Nowe zamówienie: naciśnij 1. Zamówienie w drodze: naciśnij 2. Zwroty: naciśnij 3. Rozmowa z nami: naciśnij 0. Aby posłuchać ponownie, naciśnij 9.
1 Nowe zamówienia -> kolejka Sprzedaż
2 Zamówienia w drodze
  Wysyłamy w ciągu jednego dnia, paczka dociera w trzy dni. Aby zapytać o swoją, naciśnij 1. Aby wrócić, naciśnij gwiazdkę.
  1 Pytanie o zamówienie -> kolejka Obsługa klienta
  * Wstecz
3 Zwroty
  Adres do zwrotów: naciśnij 1. Uszkodzona paczka: naciśnij 2. Aby wrócić, naciśnij gwiazdkę.
  1 Adres: Klon i Mech, ulica Młyńska 12, Bydgoszcz. Prosimy włożyć do środka karteczkę z paczki.
  2 Uszkodzona paczka -> kolejka Obsługa klienta
  * Wstecz
0 Rozmowa z nami -> kolejka Obsługa klienta
9 Powtórz`,
  },
  surgery: {
    name: 'Przychodnia',
    about: 'Wizyty, recepty i wyniki; o nagłych wypadkach mówi się najpierw.',
    closed:
      'Przychodnia jest zamknięta. Jeśli zagrożone jest życie, rozłącz się i zadzwoń pod 112. W innych sprawach prosimy o wiadomość po sygnale, oddzwonimy.',
    outline: `Przychodnia Nad Rzeką. Jeśli zagrożone jest życie, rozłącz się i zadzwoń pod 112. Wizyta na dziś: naciśnij 1. Recepty: naciśnij 2. Wyniki badań: naciśnij 3. Inne sprawy: naciśnij 0.
1 Wizyty -> kolejka Rejestracja
2 Recepty
  Stała recepta: naciśnij 1. Pytanie do pielęgniarki: naciśnij 2. Aby wrócić, naciśnij gwiazdkę.
  1 Stała recepta -> poczta głosowa
  2 Pytanie do pielęgniarki -> kolejka Pielęgniarki
  * Wstecz
3 Wyniki badań -> kolejka Pielęgniarki
0 Inne sprawy -> kolejka Rejestracja
brak wyboru -> kolejka Rejestracja
błędny klawisz -> kolejka Rejestracja`,
  },
  support: {
    name: 'Pomoc techniczna',
    about: 'Najpierw co nie działa, potem jak pilne to jest; najpilniejsi idą pierwsi.',
    closed: 'Pomoc techniczna jest teraz zamknięta. Zostaw po sygnale wiadomość z numerem klienta, oddzwonimy rano.',
    outline: `Witamy w pomocy technicznej. Jeśli nic nie działa, naciśnij 1. Pomoc w jednej sprawie: naciśnij 2. Rachunek: naciśnij 3.
1 Nic nie działa -> kolejka Pilne
2 Pomoc w jednej sprawie
  Internet: naciśnij 1. Telefon: naciśnij 2. Telewizja: naciśnij 3. Aby wrócić, naciśnij gwiazdkę.
  1 Internet
    Prosimy wyłączyć router, odczekać dziesięć sekund i włączyć go ponownie. Jeśli to nie pomaga, naciśnij 1. Aby wrócić, naciśnij gwiazdkę.
    1 To nie pomaga -> kolejka Technicy
    * Wstecz
  2 Telefon -> kolejka Technicy
  3 Telewizja -> kolejka Technicy
  * Wstecz
3 Rachunki -> kolejka Rozliczenia
brak wyboru -> kolejka Technicy`,
  },
  municipality: {
    name: 'Urząd gminy',
    about: 'Wiele wydziałów na dwóch poziomach i odpowiedzi na najczęstsze pytania.',
    closed:
      'Urząd jest zamknięty. Pracujemy od poniedziałku do piątku, od ósmej do szesnastej. Prosimy o wiadomość po sygnale.',
    outline: `Urząd Gminy Zielonka. Dowody i paszporty: naciśnij 1. Odpady i drogi: naciśnij 2. Podatki: naciśnij 3. Akty stanu cywilnego: naciśnij 4. Centrala: naciśnij 0.
1 Dowody i paszporty
  Co przynieść: naciśnij 1. Czy dokument jest gotowy: naciśnij 2. Aby wrócić, naciśnij gwiazdkę.
  1 Co przynieść: Prosimy przynieść zdjęcie, stary dokument i trzydzieści złotych. Nie trzeba się umawiać.
  2 Czy jest gotowy? -> kolejka Dokumenty
  * Wstecz
2 Odpady i drogi
  Dni wywozu: naciśnij 1. Zgłoszenie awarii: naciśnij 2. Aby wrócić, naciśnij gwiazdkę.
  1 Dni wywozu: Odpady zmieszane odbieramy we wtorki, papier i szkło w co drugi piątek.
  2 Zgłoszenie awarii -> poczta głosowa
  * Wstecz
3 Podatki -> kolejka Podatki
4 Akty stanu cywilnego -> kolejka Stan cywilny
0 Centrala -> kolejka Centrala
brak wyboru -> kolejka Centrala`,
  },
};
