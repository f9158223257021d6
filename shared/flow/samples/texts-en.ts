import type { SampleTexts } from './texts.ts';

export const textsEn: SampleTexts = {
  project: 'Harbour Bikes',
  flow: 'Main menu',
  description: 'What callers of the shop hear: sales, support with a menu of its own, opening hours, operator.',
  numberName: 'Shop and workshop',
  people: {
    reception: 'Emma Hughes',
    sales: 'Oliver Grant',
    sales2: 'Priya Shah',
    technician: 'Tom Barker',
    technician2: 'Ana Costa',
    billing: 'Grace Miller',
  },
  queues: { sales: 'Sales', support: 'Workshop', billing: 'Billing' },
  nodes: {
    start: 'Call arrives',
    main: 'Main menu',
    sales: 'Sales team',
    support: 'Support menu',
    operator: 'Operator',
    technician: 'Technician on duty',
    supportQueue: 'Whole workshop',
    billing: 'Billing team',
    hours: 'Opening hours',
    busy: 'Everybody is busy',
    goodbye: 'End of the call',
  },
  said: {
    main: 'Welcome to Harbour Bikes. For sales, press 1. For support, press 2. To hear this menu again, press 9. To speak to the operator, press 0.',
    support:
      'Support. For technical help, press 1. For billing, press 2. For our opening hours, press 3. To hear this menu again, press 9. To go back to the main menu, press star.',
    hours: 'We are open Monday to Friday from nine to six, and on Saturday from ten to two. On Sunday we are closed.',
    busy: 'We are sorry, all our colleagues are busy at the moment. Please call again a little later. Goodbye.',
    noInput: 'We have not received your choice.',
    invalid: 'There is no such choice.',
    lastChance: 'Please choose now, or we will connect you to the operator.',
  },
};
